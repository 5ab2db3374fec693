#include "templates.h"

#if !defined(__has_embed)
#error "this compiler has no #embed; RopeScope is built with Swift 6.1 or newer"
#endif

#pragma clang diagnostic ignored "-Wc23-extensions"

// A text as a string that ends in a zero. Array literals of Swift, which SwiftPM embeds files as, take minutes to compile.
static const struct embedded_file templates[] = {
  {"report.mustache", (const unsigned char[]){
#embed "../../Templates/html/report.mustache" suffix(,)
  0}},
  {"report.css", (const unsigned char[]){
#embed "../../Templates/html/report.css" suffix(,)
  0}},
  {"report.zh.css", (const unsigned char[]){
#embed "../../Templates/html/report.zh.css" suffix(,)
  0}},
  {"report.js", (const unsigned char[]){
#embed "../../Templates/html/report.js" suffix(,)
  0}},
  {"section.mustache", (const unsigned char[]){
#embed "../../Templates/html/section.mustache" suffix(,)
  0}},
  {"paragraph.mustache", (const unsigned char[]){
#embed "../../Templates/html/paragraph.mustache" suffix(,)
  0}},
  {"verdict.mustache", (const unsigned char[]){
#embed "../../Templates/html/verdict.mustache" suffix(,)
  0}},
  {"list.mustache", (const unsigned char[]){
#embed "../../Templates/html/list.mustache" suffix(,)
  0}},
  {"key-values.mustache", (const unsigned char[]){
#embed "../../Templates/html/key-values.mustache" suffix(,)
  0}},
  {"table.mustache", (const unsigned char[]){
#embed "../../Templates/html/table.mustache" suffix(,)
  0}},
  {"chart.mustache", (const unsigned char[]){
#embed "../../Templates/html/chart.mustache" suffix(,)
  0}},
  {"formula.mustache", (const unsigned char[]){
#embed "../../Templates/html/formula.mustache" suffix(,)
  0}},
  {"code.mustache", (const unsigned char[]){
#embed "../../Templates/html/code.mustache" suffix(,)
  0}},
  {"findings.mustache", (const unsigned char[]){
#embed "../../Templates/html/findings.mustache" suffix(,)
  0}},
  {"citations.mustache", (const unsigned char[]){
#embed "../../Templates/html/citations.mustache" suffix(,)
  0}},
  {"details.mustache", (const unsigned char[]){
#embed "../../Templates/html/details.mustache" suffix(,)
  0}},
  {"note.mustache", (const unsigned char[]){
#embed "../../Templates/html/note.mustache" suffix(,)
  0}},
  {"page.mustache", (const unsigned char[]){
#embed "../../Templates/html/page.mustache" suffix(,)
  0}},
  {"site.css", (const unsigned char[]){
#embed "../../Templates/html/site.css" suffix(,)
  0}},
  {"site.js", (const unsigned char[]){
#embed "../../Templates/html/site.js" suffix(,)
  0}},
  {"figure.tex.mustache", (const unsigned char[]){
#embed "../../Templates/latex/figure.tex.mustache" suffix(,)
  0}},
  {"changelog.md", (const unsigned char[]){
#embed "../../Templates/docs/changelog.md" suffix(,)
  0}},
  {"code.md", (const unsigned char[]){
#embed "../../Templates/docs/code.md" suffix(,)
  0}},
  {"paper.md", (const unsigned char[]){
#embed "../../Templates/docs/paper.md" suffix(,)
  0}},
  {"platform.md", (const unsigned char[]){
#embed "../../Templates/docs/platform.md" suffix(,)
  0}},
  {"training.md", (const unsigned char[]){
#embed "../../Templates/docs/training.md" suffix(,)
  0}},
  {"zh.po", (const unsigned char[]){
#embed "../../Templates/messages/zh.po" suffix(,)
  0}},
  {"zh-formulas.po", (const unsigned char[]){
#embed "../../Templates/messages/zh-formulas.po" suffix(,)
  0}},
  {"zh-figures.po", (const unsigned char[]){
#embed "../../Templates/messages/zh-figures.po" suffix(,)
  0}},
  {"zh-report.po", (const unsigned char[]){
#embed "../../Templates/messages/zh-report.po" suffix(,)
  0}},
  {"zh-check.po", (const unsigned char[]){
#embed "../../Templates/messages/zh-check.po" suffix(,)
  0}},
  {"zh-errors.po", (const unsigned char[]){
#embed "../../Templates/messages/zh-errors.po" suffix(,)
  0}},
  {"zh-models.po", (const unsigned char[]){
#embed "../../Templates/messages/zh-models.po" suffix(,)
  0}},
  {"zh-remarks.po", (const unsigned char[]){
#embed "../../Templates/messages/zh-remarks.po" suffix(,)
  0}},
  {"analysis.schema.json", (const unsigned char[]){
#embed "../../Templates/schemas/analysis.schema.json" suffix(,)
  0}},
  {"baseline.schema.json", (const unsigned char[]){
#embed "../../Templates/schemas/baseline.schema.json" suffix(,)
  0}},
  {"bench.schema.json", (const unsigned char[]){
#embed "../../Templates/schemas/bench.schema.json" suffix(,)
  0}},
  {"check.schema.json", (const unsigned char[]){
#embed "../../Templates/schemas/check.schema.json" suffix(,)
  0}},
  {"convert.schema.json", (const unsigned char[]){
#embed "../../Templates/schemas/convert.schema.json" suffix(,)
  0}},
  {"diff.schema.json", (const unsigned char[]){
#embed "../../Templates/schemas/diff.schema.json" suffix(,)
  0}},
  {"doctor.schema.json", (const unsigned char[]){
#embed "../../Templates/schemas/doctor.schema.json" suffix(,)
  0}},
  {"error.schema.json", (const unsigned char[]){
#embed "../../Templates/schemas/error.schema.json" suffix(,)
  0}},
  {"explain.schema.json", (const unsigned char[]){
#embed "../../Templates/schemas/explain.schema.json" suffix(,)
  0}},
  {"figure.schema.json", (const unsigned char[]){
#embed "../../Templates/schemas/figure.schema.json" suffix(,)
  0}},
  {"figures.schema.json", (const unsigned char[]){
#embed "../../Templates/schemas/figures.schema.json" suffix(,)
  0}},
  {"generation.schema.json", (const unsigned char[]){
#embed "../../Templates/schemas/generation.schema.json" suffix(,)
  0}},
  {"inspect.schema.json", (const unsigned char[]){
#embed "../../Templates/schemas/inspect.schema.json" suffix(,)
  0}},
  {"logits.schema.json", (const unsigned char[]){
#embed "../../Templates/schemas/logits.schema.json" suffix(,)
  0}},
  {"longppl.schema.json", (const unsigned char[]){
#embed "../../Templates/schemas/longppl.schema.json" suffix(,)
  0}},
  {"methods.schema.json", (const unsigned char[]){
#embed "../../Templates/schemas/methods.schema.json" suffix(,)
  0}},
  {"models.schema.json", (const unsigned char[]){
#embed "../../Templates/schemas/models.schema.json" suffix(,)
  0}},
  {"moments.schema.json", (const unsigned char[]){
#embed "../../Templates/schemas/moments.schema.json" suffix(,)
  0}},
  {"outlook.schema.json", (const unsigned char[]){
#embed "../../Templates/schemas/outlook.schema.json" suffix(,)
  0}},
  {"parity.schema.json", (const unsigned char[]){
#embed "../../Templates/schemas/parity.schema.json" suffix(,)
  0}},
  {"passkey.schema.json", (const unsigned char[]){
#embed "../../Templates/schemas/passkey.schema.json" suffix(,)
  0}},
  {"perplexity.schema.json", (const unsigned char[]){
#embed "../../Templates/schemas/perplexity.schema.json" suffix(,)
  0}},
  {"prediction.schema.json", (const unsigned char[]){
#embed "../../Templates/schemas/prediction.schema.json" suffix(,)
  0}},
  {"preparation.schema.json", (const unsigned char[]){
#embed "../../Templates/schemas/preparation.schema.json" suffix(,)
  0}},
  {"results.schema.json", (const unsigned char[]){
#embed "../../Templates/schemas/results.schema.json" suffix(,)
  0}},
  {"rules.schema.json", (const unsigned char[]){
#embed "../../Templates/schemas/rules.schema.json" suffix(,)
  0}},
  {"run.schema.json", (const unsigned char[]){
#embed "../../Templates/schemas/run.schema.json" suffix(,)
  0}},
  {"scores.schema.json", (const unsigned char[]){
#embed "../../Templates/schemas/scores.schema.json" suffix(,)
  0}},
  {"search.schema.json", (const unsigned char[]){
#embed "../../Templates/schemas/search.schema.json" suffix(,)
  0}},
  {"statistics.schema.json", (const unsigned char[]){
#embed "../../Templates/schemas/statistics.schema.json" suffix(,)
  0}},
  {"suggest.schema.json", (const unsigned char[]){
#embed "../../Templates/schemas/suggest.schema.json" suffix(,)
  0}},
  {"tokens.schema.json", (const unsigned char[]){
#embed "../../Templates/schemas/tokens.schema.json" suffix(,)
  0}},
  {"version.schema.json", (const unsigned char[]){
#embed "../../Templates/schemas/version.schema.json" suffix(,)
  0}},
  {0, 0},
};

static const struct embedded_file statistics[] = {
  {"smollm2-135m", (const unsigned char[]){
#embed "../../Templates/statistics/smollm2-135m.json" suffix(,)
  0}},
  {0, 0},
};

const struct embedded_file *embedded_templates(void) { return templates; }
const struct embedded_file *embedded_statistics(void) { return statistics; }
