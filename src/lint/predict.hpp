#pragma once

#include "lint/lint.hpp"
#include "lint/pairing.hpp"
#include "lint/precedence.hpp"
#include "secret/digest.hpp"

#include <cstdint>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <tuple>

namespace oidcgen::lint {

/// What is found when a side of which there is no file is taken to be as by default.
extern const rule::Rule k_default_does_not_fit;

/// The rules of predictions, beside those of the login itself.
[[nodiscard]] std::span<const rule::Rule* const> prediction_rules();

/// Predicts logins and adds them to a report with what was found. What all of them together may cost is limited, so in
/// which order pairs come must not depend on the order of the files.
class Predictor {
  public:
    /// `told` is what each side alone has told. Everything lives longer than the predictor.
    Predictor(const Options& options, const Told& told, report::Report& report);

    /// Predicts the logins of one pair, at each address and in each way.
    void predict(const Pair& pair);

    /// Obstacles so far for which a finding of one side alone speaks.
    [[nodiscard]] const std::vector<rule::Finding>& spoken_for() const { return m_spoken_for; }

  private:
    [[nodiscard]] bool is_affordable(const Pair& pair, std::size_t logins);
    /// False when the same was advised before: an application of another file may use the same client.
    [[nodiscard]] bool is_new(const rule::Finding& finding);
    void add_doubts(const std::vector<rule::NotChecked>& doubts);

    const Options& m_options;
    const Told& m_told;
    report::Report& m_report;
    secret::Budget m_digests;
    std::vector<rule::Finding> m_spoken_for; ///< obstacles for which a finding of one side alone speaks
    std::size_t m_work = 0;                  ///< so far, in entries of lists that logins were compared with
    std::set<std::tuple<const document::Document*, std::uint32_t, std::uint32_t, rule::Doubt>> m_doubts;
    std::set<std::tuple<const document::Document*, std::uint32_t, std::string_view, std::string>> m_advised;
};

} // namespace oidcgen::lint
