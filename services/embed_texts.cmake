# Writes OUTPUT, a C++ source in which FUNCTION of HEADER returns the texts of FILES, each with its
# name, as one TYPE: {"0001_documents", R"text(…)text"}, in the order of their names.
list(SORT FILES)
set(source "#include \"${HEADER}\"\n\nnamespace neshast {\n\n")
string(APPEND source "const ${TYPE}& ${FUNCTION}() {\n")
string(APPEND source "  static const auto* const texts = new ${TYPE}{\n")
foreach(file ${FILES})
  get_filename_component(name ${file} NAME_WE)
  file(READ ${file} text)
  string(APPEND source "      {\"${name}\", R\"text(${text})text\"},\n")
endforeach()
string(APPEND source "  };\n  return *texts;\n}\n\n}  // namespace neshast\n")
file(WRITE ${OUTPUT} "${source}")
