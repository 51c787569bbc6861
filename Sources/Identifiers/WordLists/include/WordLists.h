#ifndef WORD_LISTS_H
#define WORD_LISTS_H

#include <stddef.h>

/// A text file of this folder, as it was when the program was built.
struct understudy_word_list {
  const unsigned char *bytes;
  size_t count;
};

struct understudy_word_list understudy_given_names(void);
struct understudy_word_list understudy_surnames(void);
struct understudy_word_list understudy_english_words(void);
struct understudy_word_list understudy_spanish_words(void);
struct understudy_word_list understudy_german_words(void);
struct understudy_word_list understudy_french_words(void);
struct understudy_word_list understudy_italian_words(void);
struct understudy_word_list understudy_dutch_words(void);
struct understudy_word_list understudy_portuguese_words(void);
/// Medicines: brands and generic names.
struct understudy_word_list understudy_drugs(void);
struct understudy_word_list understudy_cities(void);
struct understudy_word_list understudy_vocabulary_english(void);
struct understudy_word_list understudy_vocabulary_spanish(void);
struct understudy_word_list understudy_vocabulary_german(void);
struct understudy_word_list understudy_vocabulary_french(void);
struct understudy_word_list understudy_vocabulary_italian(void);
struct understudy_word_list understudy_fake_names(void);
struct understudy_word_list understudy_vocabulary_dutch(void);
struct understudy_word_list understudy_vocabulary_portuguese(void);
struct understudy_word_list understudy_columns_english(void);
struct understudy_word_list understudy_columns_german(void);
struct understudy_word_list understudy_columns_french(void);
struct understudy_word_list understudy_columns_spanish(void);
struct understudy_word_list understudy_columns_italian(void);
/// Three-digit postal codes of the United States whose areas hold few people.
struct understudy_word_list understudy_zip3_small_areas(void);
/// Diagnoses of the example hospital, by chapter.
struct understudy_word_list understudy_diagnoses(void);

#endif
