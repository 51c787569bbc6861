#include "CodeLists.h"

// Code lists travel inside the program, so that it can be moved as one file.
#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char icd_10_cm[] = {
#embed "lists/icd-10-cm.txt"
};
static const unsigned char naics[] = {
#embed "lists/naics.txt"
};
static const unsigned char us_states[] = {
#embed "lists/us-states.txt"
};

#define LIST(name) (struct understudy_code_list){name, sizeof name}

struct understudy_code_list understudy_icd_10_cm(void) { return LIST(icd_10_cm); }
struct understudy_code_list understudy_naics(void) { return LIST(naics); }
struct understudy_code_list understudy_us_states(void) { return LIST(us_states); }
