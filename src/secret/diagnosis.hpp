#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace oidcgen::secret {

/// What people get wrong when they write a digest. In the order in which diagnose() reports.
enum class Mistake : std::uint8_t {
    sample,              ///< the digest of the documentation
    blank,               ///< white space before or after it
    quote,               ///< a quotation mark before or after it
    label,               ///< `Digest:` in front
    doubled_dollar,      ///< `$$` as in a Compose file
    ldap_prefix,         ///< `{CRYPT}` and the like
    missing_dollar,      ///< the first `$`
    base64_whole,        ///< base64 around the whole digest
    base64_marker,       ///< `$base64$`
    swallowed,           ///< what is left when a shell, Compose or make takes `$…` for variables
    misspelt_identifier, ///< nearly one that is known
    unknown_scheme,      ///< a `$…$` of some other program
    missing_part,
    extra_part,
    hex,             ///< salt and key in hexadecimal
    standard_base64, ///< padding or `+` in PBKDF2
    url_base64,      ///< `-` or `_` in PBKDF2
    padding,         ///< `=` in a scheme other than PBKDF2
    cut_short,       ///< the key has fewer bytes than its hash gives
    other_hash,      ///< the key has more bytes than its hash gives
    few_iterations,  ///< of PBKDF2, fewer than the provider's hash command would take
};

/// The mistakes that a text which was meant as digest probably has; none for a good digest and for a text that does not
/// look like one, a plaintext secret for example. Some do no harm: parse_digest says what is refused.
[[nodiscard]] std::vector<Mistake> diagnose(std::string_view text);

/// One sentence on what is wrong: lower case, no full stop, nothing of the text.
[[nodiscard]] std::string_view message(Mistake mistake);

/// A text that is a digest or was meant as one, and so has no business where a secret belongs. `$plaintext$…` too.
[[nodiscard]] bool looks_like_digest(std::string_view text);

} // namespace oidcgen::secret
