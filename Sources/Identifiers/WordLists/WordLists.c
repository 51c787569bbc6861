#include "WordLists.h"

// Word lists travel inside the program, so that it can be moved as one file.
#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char given_names[] = {
#embed "lists/given-names.txt"
};
static const unsigned char surnames[] = {
#embed "lists/surnames.txt"
};
static const unsigned char english_words[] = {
#embed "lists/english-words.txt"
};
static const unsigned char cities[] = {
#embed "lists/cities.txt"
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
#embed "lists/spanish-words.txt"
};
static const unsigned char german_words[] = {
#embed "lists/german-words.txt"
};
static const unsigned char french_words[] = {
#embed "lists/french-words.txt"
};
static const unsigned char italian_words[] = {
#embed "lists/italian-words.txt"
};
static const unsigned char dutch_words[] = {
#embed "lists/dutch-words.txt"
};
static const unsigned char portuguese_words[] = {
#embed "lists/portuguese-words.txt"
};
static const unsigned char drugs[] = {
#embed "lists/drugs.txt"
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

struct understudy_word_list understudy_given_names(void) { return LIST(given_names); }
struct understudy_word_list understudy_surnames(void) { return LIST(surnames); }
struct understudy_word_list understudy_english_words(void) { return LIST(english_words); }
struct understudy_word_list understudy_cities(void) { return LIST(cities); }
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
struct understudy_word_list understudy_spanish_words(void) { return LIST(spanish_words); }
struct understudy_word_list understudy_german_words(void) { return LIST(german_words); }
struct understudy_word_list understudy_french_words(void) { return LIST(french_words); }
struct understudy_word_list understudy_italian_words(void) { return LIST(italian_words); }
struct understudy_word_list understudy_dutch_words(void) { return LIST(dutch_words); }
struct understudy_word_list understudy_portuguese_words(void) { return LIST(portuguese_words); }
struct understudy_word_list understudy_drugs(void) { return LIST(drugs); }
struct understudy_word_list understudy_vocabulary_dutch(void) { return LIST(dutch); }
struct understudy_word_list understudy_vocabulary_portuguese(void) { return LIST(portuguese); }
