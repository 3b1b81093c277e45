#pragma once

#include "document/document.hpp"
#include "oidc/metadata.hpp"
#include "oidc/site_field.hpp"
#include "oidc/target.hpp"
#include "oidc/terms.hpp"
#include "util/url.hpp"
#include "util/words.hpp"

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace oidcgen::oidc {

struct System;

/// Something wrong with a site description, at a place in its file, or with a flag.
struct SiteProblem {
    util::Words message; ///< lower case, no full stop
    util::Words help;    ///< what to do; may be empty
    document::Place place{};
    std::string flag;        ///< `--domain`, when the value came from there
    bool is_missing = false; ///< a required field was not given
};

/// One value as it was written, without the white space around it.
struct SiteValue {
    std::string text;
    document::Place place{};
    std::string flag;
};

/// The values of each field that was given; one per item of a list.
using SiteValues = std::map<std::string, std::vector<SiteValue>, std::less<>>;

/// Looks up fields, and collects what is wrong with them. Both arguments live longer; without `problems` nothing is
/// collected, and a wrong value counts as absent.
class SiteFields {
  public:
    explicit SiteFields(const SiteValues& values, std::vector<SiteProblem>* problems = nullptr)
        : m_values(values)
        , m_problems(problems) {}

    /// The field's value; null when it is absent. An empty one is reported, and counts as absent.
    [[nodiscard]] const SiteValue* find(std::string_view field) const;
    [[nodiscard]] const SiteValue* find_even_empty(std::string_view field) const;
    /// Every value of a list.
    [[nodiscard]] std::span<const SiteValue> all(std::string_view field) const;
    [[nodiscard]] std::string text(std::string_view field, std::string_view otherwise) const;
    /// One of the words that the field allows, whatever the case it was written in. Any other is reported.
    [[nodiscard]] std::string one_of(const SiteField& field, std::string_view otherwise) const;

    /// `what` goes on behind the field's name and value, as in `is empty`. Told once for a value.
    void problem(const SiteValue& value, std::string_view field, const util::Words& what, util::Words help = {}) const;
    void missing(std::string_view field, util::Words help) const;

  private:
    void add(SiteProblem problem) const;

    const SiteValues& m_values;
    std::vector<SiteProblem>* m_problems;
};

/// A site description, as systems see it.
struct SiteView {
    const System* provider = nullptr;
    const System* application = nullptr;
    Target provider_target;
    Target application_target;

    const SavedMetadata* metadata = nullptr; ///< what the provider publishes, when a file of it was given
    util::Origin provider_origin; ///< where the provider is reached; which issuer that makes, the provider says
    util::Origin address;         ///< of the application
    std::vector<util::Origin> other_addresses;

    std::string client_id;
    std::string client_name;
    SiteValues values; ///< of every field, for those that systems bring
};

/// A claim that an application reads.
struct WantedClaim {
    std::string name;
    std::string_view field;   ///< of the site description that names it
    std::string_view example; ///< a name that would do, if that one does not
};

/// What an application needs of any provider.
struct ClientWish {
    std::vector<std::string> redirect_uris;
    std::vector<std::string> scopes; ///< beside those that the claims need
    std::vector<WantedClaim> claims; ///< beyond those that the scopes bring in any case
    AuthMethod auth_method = AuthMethod::client_secret_basic;
    bool uses_pkce = true;
    SigningAlgorithm id_token_alg{"RS256"};
    SigningAlgorithm userinfo_alg{"none"};
};

} // namespace oidcgen::oidc
