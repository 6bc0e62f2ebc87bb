// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "tests/core/audit/rows/rulerows.h"

namespace cutaway::test {

namespace {

constexpr std::array kRows = {
    RuleRow{"style/cd-instead-of-workdir",
            "nothing else",
            "debian\n"
            "layer RUN /bin/sh -c cd /app # buildkit\n",
            "low"},
    RuleRow{"style/cd-instead-of-workdir",
            "a habit",
            "debian\n"
            "layer RUN /bin/sh -c cd /app && make # buildkit\n"
            "layer RUN /bin/sh -c cd /app && make x # buildkit\n"
            "layer RUN /bin/sh -c cd /app && make y # buildkit\n",
            "info"},
    RuleRow{"style/cd-instead-of-workdir",
            "once, and in temporary folders",
            "debian\n"
            "layer RUN /bin/sh -c cd /app && make # buildkit\n"
            "layer RUN /bin/sh -c cd /tmp # buildkit\n"
            "layer RUN /bin/sh -c cd $DIR # buildkit\n"
            "layer RUN /bin/sh -c make && (cd /app && make) # buildkit\n",
            "none"},
    RuleRow{"style/unsorted-packages",
            "out of order",
            "debian\n"
            "layer RUN /bin/sh -c apt-get update && apt-get install -y     git     curl     wget   "
            "  zip # buildkit\n",
            "info"},
    RuleRow{"style/unsorted-packages",
            "one of them twice",
            "debian\n"
            "layer RUN /bin/sh -c apt-get update && apt-get install -y     curl     git     git    "
            " wget     zip # buildkit\n",
            "low"},
    RuleRow{"style/unsorted-packages",
            "sorted, options first",
            "debian\n"
            "layer RUN /bin/sh -c apt-get update && apt-get install -y     --no-install-recommends "
            "    curl     git=1.2     wget     zip     && rm -rf /x # buildkit\n",
            "none"},
    RuleRow{"style/unsorted-packages",
            "on one line",
            "debian\n"
            "layer RUN /bin/sh -c apt-get update && apt-get install -y     git curl wget zip # "
            "buildkit\n",
            "none"},
    RuleRow{
        "style/unsorted-packages",
        "a short list",
        "debian\n"
        "layer RUN /bin/sh -c apt-get update && apt-get install -y     git     curl # buildkit\n",
        "none"},
};

} // namespace

std::span<const RuleRow> styleRows()
{
    return kRows;
}

} // namespace cutaway::test
