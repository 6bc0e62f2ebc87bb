// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <optional>
#include <string>
#include <vector>

namespace cutaway::benchmark {

/// One line of the table: what was measured, and what it may be at most.
struct Figure
{
    std::string name;
    double value = 0;
    std::string unit; ///< empty for a ratio
    std::optional<double> limit;
    std::string detail; ///< the absolute figures behind it

    bool holds() const { return !limit || value <= *limit; }
};

class Figures
{
public:
    /// Where nothing is to be proved, limits are not held against the figures.
    explicit Figures(bool holdsLimits = true)
        : m_holdsLimits(holdsLimits)
    {}

    /// Prints the line at once: a full run takes minutes.
    void add(Figure figure);
    /// Figures that another program wrote with write(). False when there are none.
    bool addFrom(const std::string &path);
    bool allHold() const;
    [[nodiscard]] Result<> write(const std::string &path) const;

private:
    std::vector<Figure> m_all;
    bool m_holdsLimits = true;
};

/// "1.234" with so many digits after the point.
[[nodiscard]] std::string fixed(double number, int digits);

} // namespace cutaway::benchmark
