// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/registry/keyring.h"

#include "core/base/text.h"
#include "core/registry/registrylimits.h"

#ifdef CUTAWAY_HAS_LIBSECRET
#include <chrono>
#include <cstdlib>
#include <dlfcn.h>
#include <filesystem>
#include <libsecret/secret.h>
#include <optional>
#include <thread>
#include <type_traits>
#endif

namespace cutaway {

namespace {

std::unexpected<Error> failWithoutKeyring(const std::string &why)
{
    return fail(ErrorCode::Unsupported,
                "there is no keyring to keep a password in (" + why
                    + "); sign in with docker login or podman login instead, whose files are read "
                      "too");
}

#ifdef CUTAWAY_HAS_LIBSECRET

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds kPoll{10}; // a cancel is answered within 100
constexpr const char *kLibrary = "libsecret-1.so.0";
constexpr const char *kAttribute = "host";
const SecretSchema kSchema = {
    "org.cutaway.Registry",
    SECRET_SCHEMA_NONE,
    {{kAttribute, SECRET_SCHEMA_ATTRIBUTE_STRING}, {nullptr, SECRET_SCHEMA_ATTRIBUTE_STRING}},
    0,
    nullptr,
    nullptr,
    nullptr,
    nullptr,
    nullptr,
    nullptr,
    nullptr};

/// What is needed of libsecret and of GLib below it, loaded when somebody signs in: most runs of
/// the program never do, and start faster without.
struct Functions
{
    decltype(&::secret_password_lookup) lookup = nullptr;
    decltype(&::secret_password_lookup_finish) finishLookup = nullptr;
    decltype(&::secret_password_store) store = nullptr;
    decltype(&::secret_password_store_finish) finishStore = nullptr;
    decltype(&::secret_password_clear) clear = nullptr;
    decltype(&::secret_password_clear_finish) finishClear = nullptr;
    decltype(&::secret_password_free) freePassword = nullptr;
    decltype(&::g_main_context_new) newContext = nullptr;
    decltype(&::g_main_context_push_thread_default) pushContext = nullptr;
    decltype(&::g_main_context_pop_thread_default) popContext = nullptr;
    decltype(&::g_main_context_iteration) iterate = nullptr;
    decltype(&::g_main_context_unref) unrefContext = nullptr;
    decltype(&::g_cancellable_new) newCancellable = nullptr;
    decltype(&::g_cancellable_cancel) cancel = nullptr;
    decltype(&::g_object_ref) ref = nullptr;
    decltype(&::g_object_unref) unref = nullptr;
    decltype(&::g_error_free) freeError = nullptr;
};

std::optional<Functions> loadFunctions()
{
    void *const library = ::dlopen(kLibrary, RTLD_NOW | RTLD_LOCAL);
    Functions f;
    const auto find = [library](const char *name, auto &into) {
        into = reinterpret_cast<std::remove_reference_t<decltype(into)>>(::dlsym(library, name));
        return into != nullptr;
    };
    const bool isWhole = library != nullptr && find("secret_password_lookup", f.lookup)
                         && find("secret_password_lookup_finish", f.finishLookup)
                         && find("secret_password_store", f.store)
                         && find("secret_password_store_finish", f.finishStore)
                         && find("secret_password_clear", f.clear)
                         && find("secret_password_clear_finish", f.finishClear)
                         && find("secret_password_free", f.freePassword)
                         && find("g_main_context_new", f.newContext)
                         && find("g_main_context_push_thread_default", f.pushContext)
                         && find("g_main_context_pop_thread_default", f.popContext)
                         && find("g_main_context_iteration", f.iterate)
                         && find("g_main_context_unref", f.unrefContext)
                         && find("g_cancellable_new", f.newCancellable)
                         && find("g_cancellable_cancel", f.cancel) && find("g_object_ref", f.ref)
                         && find("g_object_unref", f.unref) && find("g_error_free", f.freeError);
    return isWhole ? std::optional(f) : std::nullopt;
}

const Functions *functions()
{
    static const std::optional<Functions> kLoaded = loadFunctions();
    return kLoaded ? &*kLoaded : nullptr;
}

/// Without a bus there is nobody to ask; a library that is asked all the same starts programs to
/// have one.
bool hasSessionBus()
{
    const char *address = std::getenv("DBUS_SESSION_BUS_ADDRESS");
    const char *runtime = std::getenv("XDG_RUNTIME_DIR");
    std::error_code error;
    return (address != nullptr && *address != '\0')
           || (runtime != nullptr && std::filesystem::exists(std::string(runtime) + "/bus", error));
}

/// One question to the keyring, waited for in a loop of its own, so that any thread may ask.
class Question
{
public:
    explicit Question(const Functions &f)
        : m_f(f)
        , m_context(f.newContext())
        , m_cancellable(f.newCancellable())
    {
        m_f.pushContext(m_context);
    }
    ~Question()
    {
        if (m_answer != nullptr) {
            m_f.unref(m_answer);
        }
        if (m_error != nullptr) {
            m_f.freeError(m_error);
        }
        m_f.popContext(m_context);
        m_f.unrefContext(m_context);
        m_f.unref(m_cancellable);
    }
    Question(const Question &) = delete;
    Question &operator=(const Question &) = delete;

    GCancellable *cancellable() { return m_cancellable; }
    GAsyncResult *answer() { return m_answer; }
    GError **error() { return &m_error; }

    static void onAnswer(GObject * /*source*/, GAsyncResult *answer, gpointer self)
    {
        auto *const question = static_cast<Question *>(self);
        question->m_answer = static_cast<GAsyncResult *>(question->m_f.ref(answer));
    }

    /// Until it is answered; one that is given up is answered too, at once.
    Result<> wait(const Monitor &monitor)
    {
        const auto end = Clock::now() + limits::kKeyringTime;
        bool isGivenUp = false;
        while (m_answer == nullptr) {
            if (!isGivenUp && (monitor.isCancelled() || Clock::now() > end)) {
                m_f.cancel(m_cancellable);
                isGivenUp = true;
            }
            if (m_f.iterate(m_context, FALSE) == FALSE) {
                std::this_thread::sleep_for(kPoll);
            }
        }
        if (monitor.isCancelled()) {
            return failCancelled();
        }
        return isGivenUp ? fail(ErrorCode::Io, "the keyring does not answer") : Result<>();
    }

    /// What went wrong, after the answer was read.
    Result<> outcome() const
    {
        if (m_error == nullptr) {
            return {};
        }
        return failWithoutKeyring(displayText(m_error->message));
    }

private:
    const Functions &m_f;
    GMainContext *m_context;
    GCancellable *m_cancellable;
    GAsyncResult *m_answer = nullptr;
    GError *m_error = nullptr;
};

class DesktopKeyring : public Keyring
{
public:
    Result<std::string> read(const std::string &name, const Monitor &monitor) override
    {
        std::string secret;
        bool isThere = false;
        const Result<> asked = ask(
            [&](const Functions &f, Question &question) {
                f.lookup(&kSchema,
                         question.cancellable(),
                         &Question::onAnswer,
                         &question,
                         kAttribute,
                         name.c_str(),
                         nullptr);
            },
            [&](const Functions &f, Question &question) {
                gchar *const text = f.finishLookup(question.answer(), question.error());
                isThere = text != nullptr;
                secret = isThere ? text : "";
                f.freePassword(text);
            },
            monitor);
        if (!asked) {
            return std::unexpected(asked.error());
        }
        return isThere
                   ? Result<std::string>(std::move(secret))
                   : fail(ErrorCode::NotFound, "it is not in the keyring, or that stays closed");
    }

    Result<> write(const std::string &name,
                   const std::string &secret,
                   const Monitor &monitor) override
    {
        const std::string label = "Cutaway: " + name;
        return ask(
            [&](const Functions &f, Question &question) {
                f.store(&kSchema,
                        SECRET_COLLECTION_DEFAULT,
                        label.c_str(),
                        secret.c_str(),
                        question.cancellable(),
                        &Question::onAnswer,
                        &question,
                        kAttribute,
                        name.c_str(),
                        nullptr);
            },
            [](const Functions &f, Question &question) {
                f.finishStore(question.answer(), question.error());
            },
            monitor);
    }

    Result<> remove(const std::string &name, const Monitor &monitor) override
    {
        bool wasThere = false;
        const Result<> asked = ask(
            [&](const Functions &f, Question &question) {
                f.clear(&kSchema,
                        question.cancellable(),
                        &Question::onAnswer,
                        &question,
                        kAttribute,
                        name.c_str(),
                        nullptr);
            },
            [&](const Functions &f, Question &question) {
                wasThere = f.finishClear(question.answer(), question.error()) != FALSE;
            },
            monitor);
        return asked && !wasThere ? fail(ErrorCode::NotFound, "it is not in the keyring") : asked;
    }

private:
    template<typename Begin, typename Finish>
    static Result<> ask(Begin begin, Finish finish, const Monitor &monitor)
    {
        if (!hasSessionBus()) {
            return failWithoutKeyring("this session has no D-Bus");
        }
        const Functions *const f = functions();
        if (f == nullptr) {
            return failWithoutKeyring("libsecret is not installed");
        }
        Question question(*f);
        begin(*f, question);
        if (const Result<> waited = question.wait(monitor); !waited) {
            return waited;
        }
        finish(*f, question);
        return question.outcome();
    }
};

#else

class NoKeyring : public Keyring
{
public:
    Result<std::string> read(const std::string & /*name*/, const Monitor & /*monitor*/) override
    {
        return failHere();
    }
    Result<> write(const std::string & /*name*/,
                   const std::string & /*secret*/,
                   const Monitor & /*monitor*/) override
    {
        return failHere();
    }
    Result<> remove(const std::string & /*name*/, const Monitor & /*monitor*/) override
    {
        return failHere();
    }

private:
    static std::unexpected<Error> failHere()
    {
        return failWithoutKeyring("this program was built without libsecret");
    }
};

#endif

} // namespace

KeyringPtr desktopKeyring()
{
#ifdef CUTAWAY_HAS_LIBSECRET
    return std::make_shared<DesktopKeyring>();
#else
    return std::make_shared<NoKeyring>();
#endif
}

} // namespace cutaway
