#ifndef CODE_LISTS_H
#define CODE_LISTS_H

#include <stddef.h>

/// A text file of this folder, as it was when the program was built.
struct understudy_code_list {
  const unsigned char *bytes;
  size_t count;
};

/// Diagnoses: chapters, blocks and categories of ICD-10-CM.
struct understudy_code_list understudy_icd_10_cm(void);
/// Industries: sectors of the North American Industry Classification System.
struct understudy_code_list understudy_naics(void);
/// States of the United States in the regions and divisions of its Census Bureau.
struct understudy_code_list understudy_us_states(void);

#endif
