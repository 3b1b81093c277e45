#pragma once

#include "lang/python/syntax.hpp"
#include "oidc/provider.hpp"
#include "oidc/system.hpp"
#include "providers/authentik/import.hpp"
#include "rule/findings.hpp"

#include <string>

namespace oidcgen::providers::authentik {

/// Finds what is accepted and weaker, or different, than it should be.
void check_clients(const Import& import, const oidc::Provider& provider, rule::Findings& findings);

// Why every login fails at one address.

[[nodiscard]] rule::Finding without_private_key(const document::Place& key, const document::Place& certificate);
[[nodiscard]] rule::Finding of_other_kind(const document::Place& key, const document::Place& data);
[[nodiscard]] rule::Finding without_application(const document::Place& client);
[[nodiscard]] rule::Finding not_rsa(const document::Place& key);
[[nodiscard]] rule::Finding not_ascii(const document::Place& secret);

/// What a claim of a mapping always is, as the expression of a claim; and back.
[[nodiscard]] std::string constant_text(const lang::python::ReturnedItem& item);

} // namespace oidcgen::providers::authentik
