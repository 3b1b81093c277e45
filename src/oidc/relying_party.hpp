#pragma once

#include "oidc/behaviour.hpp"
#include "oidc/located.hpp"
#include "oidc/terms.hpp"
#include "util/version.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace oidcgen::oidc {

struct System;

/// The provider as the application knows it.
struct RelyingParty {
    const System* system = nullptr; ///< not null; answers what a login asks the application
    util::Version version;
    document::Place place;
    ClientBehaviour behaviour;

    Located<bool> enabled;
    Text issuer_url; ///< an issuer, or the address of its metadata
    Text client_id;
    /// A view into its document (or into what the caller keeps), never a copy.
    Located<std::string_view> client_secret;
    Text scope; ///< as it is sent
    Located<AuthMethod> token_endpoint_auth_method;

    Located<SigningAlgorithm> id_token_signed_response_alg;
    Located<SigningAlgorithm> userinfo_signed_response_alg;

    Located<bool> mobile_override; ///< the app is sent back through mobile_redirect_uri
    Located<RedirectUri> mobile_redirect_uri;

    Located<bool> allow_insecure_requests;
    Text prompt;
    Text end_session_endpoint;
    Located<std::int64_t> timeout;

    Text button_text;
    Located<bool> auto_register;
    Located<bool> auto_launch;
    Text storage_label_claim;
    Text storage_quota_claim;
    Text role_claim;
    Located<std::optional<double>> default_storage_quota; ///< GiB; nothing: unlimited
    Text external_address; ///< where the application says it is opened; empty: it does not say
};

} // namespace oidcgen::oidc
