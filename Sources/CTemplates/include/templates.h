// The files of Templates, embedded in the binary.
#ifndef TEMPLATES_H
#define TEMPLATES_H

struct embedded_file {
  // Null behind the last file.
  const char *name;
  // UTF-8, with a zero behind it.
  const unsigned char *text;
};

// All of them, under the names that they have in their folders.
const struct embedded_file *embedded_templates(void);
// Measured moments of models, by the model's name.
const struct embedded_file *embedded_statistics(void);

#endif
