# SPDX-FileCopyrightText: Cutaway contributors
# SPDX-License-Identifier: Apache-2.0
#
# cmake -D PROGRAM=… -D WINDOWED=ON|OFF -P linkage.cmake: whether the program loads Qt's window libraries,
# by itself or through another library, must be as stated.
execute_process(COMMAND ldd ${PROGRAM} OUTPUT_VARIABLE libraries COMMAND_ERROR_IS_FATAL ANY)
if(libraries MATCHES "not found")
    message(FATAL_ERROR "${PROGRAM} misses a library:\n${libraries}")
endif()
string(REGEX MATCHALL "lib(Qt6(Gui|Widgets|Svg|OpenGL)|X11|xcb|GL|EGL)[^ /]*\\.so[^ ]*" windowed "${libraries}")
if(windowed AND NOT WINDOWED)
    message(FATAL_ERROR "${PROGRAM} must do without a window, but loads: ${windowed}")
elseif(NOT windowed AND WINDOWED)
    message(FATAL_ERROR "this test no longer sees what it looks for: ${PROGRAM} opens a window, but loads\n${libraries}")
endif()
