// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "app/cli/commands.h"
#include "app/cli/openimage.h"
#include "app/cli/prompt.h"
#include "core/base/text.h"
#include "core/registry/signin.h"

namespace cutaway::cli {

namespace {

Result<std::string> userName(const Arguments &arguments)
{
    const std::optional<std::string> given = arguments.value("--username");
    return given ? Result<std::string>(*given) : askLine("User: ", Echo::Shown);
}

Result<std::string> passwordFor(const Arguments &arguments)
{
    return arguments.has("--password-stdin") ? readLine() : askLine("Password: ", Echo::Hidden);
}

int listHosts(Context &context)
{
    std::string text;
    for (const std::string &host : signedInHosts(registryOptions(context.arguments))) {
        text += displayText(host) + "\n";
    }
    context.output.write(text.empty() ? "there was no sign-in to any registry\n" : text);
    return finish(context);
}

} // namespace

int runLogin(Context &context)
{
    const Arguments &arguments = context.arguments;
    if (arguments.words.empty()) {
        return listHosts(context);
    }
    const std::string &host = arguments.words.front();
    const Result<std::string> user = userName(arguments);
    if (!user) {
        return failOption(context, user.error());
    }
    const Result<std::string> password = passwordFor(arguments);
    if (!password) {
        return failOption(context, password.error());
    }
    const Result<SignIn> done =
        signIn(host, *user, *password, registryOptions(arguments), context.monitor);
    if (!done) {
        return failOption(context, done.error());
    }
    context.output.write(
        "signed in to " + displayText(host) + " as " + displayText(*user)
        + (done->wasAsked ? "\n" : "; it asked nobody who they are, so this was not tested\n"));
    return finish(context);
}

int runLogout(Context &context)
{
    const std::string &host = context.arguments.words.front();
    const Result<> done = signOut(host, registryOptions(context.arguments), context.monitor);
    if (!done) {
        return failOption(context, done.error());
    }
    context.output.write("signed out of " + displayText(host) + "\n");
    return finish(context);
}

} // namespace cutaway::cli
