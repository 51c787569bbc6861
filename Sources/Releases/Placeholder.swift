// (filled by the room's first commit)
