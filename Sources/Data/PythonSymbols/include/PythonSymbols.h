// This target has no interface: a library that is loaded later finds its places by their names.
