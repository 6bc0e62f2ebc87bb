# SPDX-FileCopyrightText: Cutaway contributors
# SPDX-License-Identifier: Apache-2.0
#
# cutaway_hardening: what makes a mistake with a stranger's bytes harder to use. All that people run links it, in
# every preset; tests/architecture/hardening.cmake looks at the programs that come out.
include(CheckCXXCompilerFlag)
include(CheckPIESupported)
check_pie_supported(LANGUAGES CXX) # with CMAKE_POSITION_INDEPENDENT_CODE: programs at addresses drawn by lot

add_library(cutaway_hardening INTERFACE)
target_compile_options(cutaway_hardening INTERFACE -fstack-protector-strong)
foreach(flag -fcf-protection -fstack-clash-protection)
    string(MAKE_C_IDENTIFIER "CUTAWAY_HAS${flag}" has)
    check_cxx_compiler_flag(${flag} ${has}) # the first is for x86 alone
    if(${has})
        target_compile_options(cutaway_hardening INTERFACE ${flag})
    endif()
endforeach()
# glibc checks sizes only where the compiler optimises, and says so in a warning; sanitizers check more themselves.
string(TOUPPER "${CMAKE_BUILD_TYPE}" config)
if(NOT CUTAWAY_SANITIZE AND "${CMAKE_CXX_FLAGS} ${CMAKE_CXX_FLAGS_${config}}" MATCHES "-O[123s]")
    target_compile_options(cutaway_hardening INTERFACE -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2)
endif()
target_link_options(cutaway_hardening INTERFACE -Wl,-z,relro,-z,now,-z,noexecstack)
