#include "WordLists.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

// Word lists travel inside the program, so that it can be moved as one file. The long ones are packed (scripts/pack-lists.py).
#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char given_names[] = {
#embed "packed/given-names.zlib"
};
static const unsigned char surnames[] = {
#embed "packed/surnames.zlib"
};
static const unsigned char english_words[] = {
#embed "packed/english-words.zlib"
};
static const unsigned char cities[] = {
#embed "packed/cities.zlib"
};
static const unsigned char english[] = {
#embed "lists/english.txt"
};
static const unsigned char spanish[] = {
#embed "lists/spanish.txt"
};
static const unsigned char german[] = {
#embed "lists/german.txt"
};
static const unsigned char french[] = {
#embed "lists/french.txt"
};
static const unsigned char italian[] = {
#embed "lists/italian.txt"
};
static const unsigned char fake_names[] = {
#embed "lists/fake-names.txt"
};
static const unsigned char columns_english[] = {
#embed "lists/columns-english.txt"
};
static const unsigned char columns_german[] = {
#embed "lists/columns-german.txt"
};
static const unsigned char columns_french[] = {
#embed "lists/columns-french.txt"
};
static const unsigned char columns_spanish[] = {
#embed "lists/columns-spanish.txt"
};
static const unsigned char columns_italian[] = {
#embed "lists/columns-italian.txt"
};
static const unsigned char spanish_words[] = {
#embed "packed/spanish-words.zlib"
};
static const unsigned char german_words[] = {
#embed "packed/german-words.zlib"
};
static const unsigned char french_words[] = {
#embed "packed/french-words.zlib"
};
static const unsigned char italian_words[] = {
#embed "packed/italian-words.zlib"
};
static const unsigned char dutch_words[] = {
#embed "packed/dutch-words.zlib"
};
static const unsigned char portuguese_words[] = {
#embed "packed/portuguese-words.zlib"
};
static const unsigned char drugs[] = {
#embed "packed/drugs.zlib"
};
static const unsigned char dutch[] = {
#embed "lists/dutch.txt"
};
static const unsigned char portuguese[] = {
#embed "lists/portuguese.txt"
};
static const unsigned char zip3_small_areas[] = {
#embed "lists/zip3-small-areas.txt"
};
static const unsigned char diagnoses[] = {
#embed "lists/diagnoses.txt"
};

#define LIST(name) (struct understudy_word_list){name, sizeof name}

static uLongf number(const unsigned char *bytes) {
  return bytes[0] | bytes[1] << 8 | bytes[2] << 16 | (uLongf)bytes[3] << 24;
}

/// Writes lines that begin with a sign for what they share with the one before. Returns whether they fill the text.
static bool write_lines(const unsigned char *lines, size_t count, unsigned char *text, size_t length) {
  size_t before = 0, at = 0;
  for (size_t place = 0; place < count;) {
    size_t shared = (size_t)lines[place++] - 'A', start = at;
    if (shared > start - before || shared > length - at) return false;
    memcpy(text + at, text + before, shared);
    at += shared;
    unsigned char next = 0;
    while (next != '\n' && place < count) {
      if (at == length) return false;
      next = text[at++] = lines[place++];
    }
    before = start;
  }
  return at == length;
}

/// A list that is packed as scripts/pack-lists.py says. It is unpacked at its first use and kept in `place`.
static struct understudy_word_list unpacked(const unsigned char *packed, size_t count, unsigned char *_Atomic *place) {
  uLongf length = number(packed), coded = number(packed + 4);
  unsigned char *bytes = atomic_load(place);
  if (!bytes) {
    unsigned char *made = malloc(length), *lines = malloc(coded);
    uLongf written = coded;
    if (!made || !lines || uncompress(lines, &written, packed + 8, count - 8) != Z_OK || written != coded
        || !write_lines(lines, coded, made, length)) {
      abort();
    }
    free(lines);
    // Two threads may unpack a list at once; the first to finish keeps its copy.
    if (atomic_compare_exchange_strong(place, &bytes, made)) {
      bytes = made;
    } else {
      free(made);
    }
  }
  return (struct understudy_word_list){bytes, length};
}

#define UNPACKED(name) ({ \
  static unsigned char *_Atomic place; \
  unpacked(name, sizeof name, &place); \
})

struct understudy_word_list understudy_given_names(void) { return UNPACKED(given_names); }
struct understudy_word_list understudy_surnames(void) { return UNPACKED(surnames); }
struct understudy_word_list understudy_english_words(void) { return UNPACKED(english_words); }
struct understudy_word_list understudy_cities(void) { return UNPACKED(cities); }
struct understudy_word_list understudy_vocabulary_english(void) { return LIST(english); }
struct understudy_word_list understudy_vocabulary_spanish(void) { return LIST(spanish); }
struct understudy_word_list understudy_vocabulary_german(void) { return LIST(german); }
struct understudy_word_list understudy_vocabulary_french(void) { return LIST(french); }
struct understudy_word_list understudy_vocabulary_italian(void) { return LIST(italian); }
struct understudy_word_list understudy_fake_names(void) { return LIST(fake_names); }
struct understudy_word_list understudy_columns_english(void) { return LIST(columns_english); }
struct understudy_word_list understudy_columns_german(void) { return LIST(columns_german); }
struct understudy_word_list understudy_columns_french(void) { return LIST(columns_french); }
struct understudy_word_list understudy_columns_spanish(void) { return LIST(columns_spanish); }
struct understudy_word_list understudy_columns_italian(void) { return LIST(columns_italian); }
struct understudy_word_list understudy_zip3_small_areas(void) { return LIST(zip3_small_areas); }
struct understudy_word_list understudy_diagnoses(void) { return LIST(diagnoses); }
struct understudy_word_list understudy_spanish_words(void) { return UNPACKED(spanish_words); }
struct understudy_word_list understudy_german_words(void) { return UNPACKED(german_words); }
struct understudy_word_list understudy_french_words(void) { return UNPACKED(french_words); }
struct understudy_word_list understudy_italian_words(void) { return UNPACKED(italian_words); }
struct understudy_word_list understudy_dutch_words(void) { return UNPACKED(dutch_words); }
struct understudy_word_list understudy_portuguese_words(void) { return UNPACKED(portuguese_words); }
struct understudy_word_list understudy_drugs(void) { return UNPACKED(drugs); }
struct understudy_word_list understudy_vocabulary_dutch(void) { return LIST(dutch); }
struct understudy_word_list understudy_vocabulary_portuguese(void) { return LIST(portuguese); }
