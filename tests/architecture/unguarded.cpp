// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0

/// Built without any guard, to show that hardening.cmake sees the difference.
int main()
{
    return 0;
}
