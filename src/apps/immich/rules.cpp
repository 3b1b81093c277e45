#include "apps/immich/rules.hpp"

#include "apps/immich/check/check.hpp"
#include "rule/reading.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace oidcgen::apps::immich {

namespace {

constexpr std::array k_rules{
    &k_secret_with_blank,
    &k_unknown_setting,
    &k_section_unusable,
    &k_setting_of_wrong_type,
    &k_setting_empty,
    &k_setting_not_a_choice,
    &k_setting_out_of_range,
    &k_setting_no_address,
    &k_setting_missing,
    &k_setting_dropped_by_import,
    &k_file_without_settings,
    &k_empty_value_ignored,
    &k_dotted_setting,
    &k_boolean_as_text,
    &k_default_restored_by_import,
    &k_default_quota_zero,
    &k_timeout_in_seconds,
    &k_mobile_override_without_address,
    &k_external_domain_lost,
    &k_no_login_left,
    &k_name_not_sent,
    &k_storage_label_not_sent,
    &k_quota_without_effect,
    &k_role_without_effect,
    &k_quota_claim_zero,
};

} // namespace

std::span<const rule::Rule* const> rules() {
    static const std::vector<const rule::Rule*> all = [] {
        const auto reading = rule::reading_rules();
        std::vector<const rule::Rule*> result(reading.begin(), reading.end());
        result.insert(result.end(), k_rules.begin(), k_rules.end());
        return result;
    }();
    return all;
}

} // namespace oidcgen::apps::immich
