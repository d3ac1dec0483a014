#include "CExplorer.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char index_html[] = {
#embed "web/index.html"
};
static const unsigned char explorer_css[] = {
#embed "web/explorer.css"
};
static const unsigned char favicon_svg[] = {
#embed "web/favicon.svg"
};
static const unsigned char main_js[] = {
#embed "web/main.js"
};
static const unsigned char dom_js[] = {
#embed "web/dom.js"
};
static const unsigned char words_js[] = {
#embed "web/words.js"
};
static const unsigned char net_js[] = {
#embed "web/net.js"
};
static const unsigned char rows_js[] = {
#embed "web/rows.js"
};
static const unsigned char lead_js[] = {
#embed "web/lead.js"
};
static const unsigned char account_js[] = {
#embed "web/account.js"
};
static const unsigned char what_if_js[] = {
#embed "web/what-if.js"
};
static const unsigned char compare_js[] = {
#embed "web/compare.js"
};
static const unsigned char book_js[] = {
#embed "web/book.js"
};
static const unsigned char chart_js[] = {
#embed "web/chart.js"
};
static const unsigned char tests_js[] = {
#embed "web/tests.js"
};

static const struct explorer_file files[] = {
    {"index.html", index_html, sizeof index_html},
    {"explorer.css", explorer_css, sizeof explorer_css},
    {"favicon.svg", favicon_svg, sizeof favicon_svg},
    {"main.js", main_js, sizeof main_js},
    {"dom.js", dom_js, sizeof dom_js},
    {"words.js", words_js, sizeof words_js},
    {"net.js", net_js, sizeof net_js},
    {"rows.js", rows_js, sizeof rows_js},
    {"lead.js", lead_js, sizeof lead_js},
    {"account.js", account_js, sizeof account_js},
    {"what-if.js", what_if_js, sizeof what_if_js},
    {"compare.js", compare_js, sizeof compare_js},
    {"book.js", book_js, sizeof book_js},
    {"chart.js", chart_js, sizeof chart_js},
    {"tests.js", tests_js, sizeof tests_js},
    {0, 0, 0},
};

const struct explorer_file *explorer_files(void) { return files; }
