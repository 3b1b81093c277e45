#include "document/yaml_problem.hpp"

#include <algorithm>
#include <array>

namespace oidcgen::document {

const YamlProblem& problem_named(std::string_view text) {
    using enum ProblemPlace;
    constexpr FaultKind k_syntax = FaultKind::syntax;
    static constexpr std::array<YamlProblem, 23> k_problems{{
        {"block sequence entries are not allowed in this context", k_syntax, problem,
         "a list item (-) is not allowed here; check the indentation"},
        {"mapping keys are not allowed in this context", k_syntax, problem,
         "a key is not allowed here; check the indentation"},
        {k_no_value_here, k_syntax, problem,
         "a value (a colon followed by a blank) is not allowed here; check the indentation, or put the text in quotes"},
        {"could not find expected ':'", k_syntax, context, k_no_colon},
        {k_no_token, k_syntax, problem, "text cannot begin with this character; put it in quotes"},
        {k_no_key, k_syntax, problem, "expected a key here; check the indentation and quotes"},
        {"did not find expected '-' indicator", k_syntax, problem,
         "expected a list item (-) here; check the indentation"},
        {"did not find expected ',' or '}'", k_syntax, problem, "expected a comma or } here"},
        {"did not find expected ',' or ']'", k_syntax, problem, "expected a comma or ] here"},
        {"did not find expected node content", k_syntax, problem, "expected a value here"},
        {"did not find expected <document start>", k_syntax, problem, "text after the end of the document"},
        {"found unexpected end of stream", k_syntax, context, "the quotes that begin here are not closed"},
        {"found unexpected document indicator", k_syntax, problem, "a document marker inside quotes"},
        {"found unknown escape character", k_syntax, problem,
         "unknown escape in double quotes; write \\\\ for a backslash, or use single quotes"},
        {"did not find expected hexdecimal number", k_syntax, problem, "an escape needs hexadecimal digits here"},
        {"found invalid Unicode character escape code", k_syntax, problem, "this escape is not a character"},
        {"did not find expected comment or line break", k_syntax, problem, "only a comment can follow on this line"},
        {"found a tab character where an indentation space is expected", k_syntax, problem,
         "a tab is not allowed here; indent with blanks"},
        {"found a tab character that violates indentation", k_syntax, problem,
         "a tab is not allowed here; indent with blanks"},
        {"did not find expected alphabetic or numeric character", k_syntax, context,
         "* and & must be followed by a name; put the text in quotes if it begins with one of them"},
        {"found undefined tag handle", FaultKind::bad_tag, problem, "a tag with a prefix that is not declared"},
        {"found incompatible YAML document", FaultKind::bad_directive, problem,
         "this %YAML version is not accepted; remove the line"},
        {"found duplicate %YAML directive", FaultKind::bad_directive, problem, "a second %YAML line"},
    }};
    static constexpr YamlProblem k_unknown{};
    const auto* const row =
        std::find_if(k_problems.begin(), k_problems.end(), [&](const YamlProblem& each) { return each.text == text; });
    return row == k_problems.end() ? k_unknown : *row;
}

} // namespace oidcgen::document
