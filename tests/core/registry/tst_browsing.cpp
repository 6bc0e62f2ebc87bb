// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/base/text.h"
#include "core/registry/browsing.h"
#include "tests/core/source/imagefixture.h"
#include "tests/support/webserver.h"

#include <QTest>

#include <algorithm>

using namespace cutaway;
using namespace cutaway::test;

namespace {

constexpr const char *kIndex = "Content-Type: application/vnd.oci.image.index.v1+json";
constexpr const char *kManifest = "Content-Type: application/vnd.oci.image.manifest.v1+json";

std::string digestOf(std::string_view bytes)
{
    return blobPath(bytes).replace(0, 13, "sha256:");
}

/// The tag that stands for what a digest has.
std::string tagOf(std::string digest)
{
    return digest.replace(digest.find(':'), 1, "-");
}

/// Answers by path; what it does not have is 404.
using Answers = std::map<std::string, std::pair<std::string, std::vector<std::string>>>;

WebServer::Handler answering(const Answers &answers)
{
    return [&answers](const WebRequest &request, const WebConnection &to) {
        const auto found = answers.find(request.path);
        if (request.path == "/v2/") {
            to.answer(200, "{}");
        } else if (found == answers.end()) {
            to.answer(404, R"({"errors":[{"code":"NOT_FOUND","message":"none"}]})");
        } else {
            to.answer(200,
                      request.method == "HEAD" ? std::string() : found->second.first,
                      found->second.second);
        }
    };
}

std::shared_ptr<RegistryBrowser> browserOf(const WebServer &server,
                                           const RegistryOptions &options = {})
{
    return RegistryBrowser::open(server.address(), options, Monitor()).value();
}

} // namespace

class TestBrowsing : public QObject
{
    Q_OBJECT

private slots:
    void pagesAreAskedOneByOne();
    void catalogMayBeMissing_data();
    void catalogMayBeMissing();
    void nextStaysInTheRegistry_data();
    void nextStaysInTheRegistry();
    void namesAreChecked_data();
    void namesAreChecked();
    void imageAndIndex();
    void referrersOfTheApi();
    void referrersByTag();
    void kinds_data();
    void kinds();
    void partsAreReadable();
    void rateLimits_data();
    void rateLimits();
    void limitIsKept();
    void limitIsTold();
    void proxyIsTold();
};

void TestBrowsing::pagesAreAskedOneByOne()
{
    const Answers answers = {
        {"/v2/_catalog?n=100",
         {R"({"repositories":["a","team/app"]})",
          {"Link: </v2/_catalog?last=team%2Fapp&n=100>; rel=\"next\""}}},
        {"/v2/_catalog?last=team%2Fapp&n=100", {R"({"repositories":["z"]})", {}}},
        {"/v2/team/app/tags/list?n=100",
         {R"({"name":"team/app","tags":["1","2"]})", {"Link: <list?last=2>; rel=next"}}},
        {"/v2/team/app/tags/list?last=2", {R"({"name":"team/app","tags":null})", {}}}};
    const WebServer server(answering(answers));
    const auto browser = browserOf(server);
    const Monitor monitor;
    const auto first = browser->repositories({}, monitor);
    QVERIFY2(first.has_value(), first ? "" : first.error().message.c_str());
    QCOMPARE(first->names, (std::vector<std::string>{"a", "team/app"}));
    QCOMPARE(server.requests().size(), 2U); // nothing is asked ahead
    const auto second = browser->repositories(first->next, monitor);
    QVERIFY(second.has_value());
    QCOMPARE(second->names, std::vector<std::string>{"z"});
    QCOMPARE(second->next, std::string());
    const auto tags = browser->tags("team/app", {}, monitor);
    QVERIFY(tags.has_value());
    QCOMPARE(tags->names, (std::vector<std::string>{"1", "2"}));
    const auto last = browser->tags("team/app", tags->next, monitor);
    QVERIFY2(last.has_value(), last ? "" : last.error().message.c_str());
    QVERIFY(last->names.empty() && last->next.empty());
}

void TestBrowsing::catalogMayBeMissing_data()
{
    QTest::addColumn<int>("status");
    QTest::newRow("unknown") << 404;
    QTest::newRow("not for us") << 403;
    QTest::newRow("nobody is asked who they are") << 401;
}

void TestBrowsing::catalogMayBeMissing()
{
    QFETCH(int, status);
    const WebServer server([status](const WebRequest &request, const WebConnection &to) {
        to.answer(request.path == "/v2/" ? 200 : status, "{}");
    });
    const auto page = browserOf(server)->repositories({}, Monitor());
    QVERIFY(!page.has_value());
    QCOMPARE(page.error().code, ErrorCode::Unsupported);
    QVERIFY2(page.error().message.contains("does not list its repositories"),
             page.error().message.c_str());
}

void TestBrowsing::nextStaysInTheRegistry_data()
{
    QTest::addColumn<QByteArray>("link");
    QTest::addColumn<QByteArray>("message"); // empty: it is the last page
    const auto row = [](const char *name, const char *link, const char *message) {
        QTest::newRow(name) << QByteArray(link) << QByteArray(message);
    };
    row("another host", "<http://tokens.example/v2/_catalog>; rel=\"next\"", "lies elsewhere");
    row("another path", "</login>; rel=\"next\"", "lies elsewhere");
    row("a file", "<file:///etc/passwd>; rel=\"next\"", "no address of the web");
    row("itself", "</v2/_catalog?n=100>; rel=\"next\"", "");
    row("another relation", "</v2/_catalog?last=a>; rel=\"prev\"", "");
    row("no end", "</v2/_catalog?last=a; rel=\"next\"", "");
    row("nothing in it", "<>; rel=\"next\"", "");
}

void TestBrowsing::nextStaysInTheRegistry()
{
    QFETCH(QByteArray, link);
    QFETCH(QByteArray, message);
    const Answers answers = {
        {"/v2/_catalog?n=100", {R"({"repositories":["a"]})", {"Link: " + link.toStdString()}}}};
    const WebServer server(answering(answers));
    const auto page = browserOf(server)->repositories({}, Monitor());
    QCOMPARE(page.has_value(), message.isEmpty());
    if (page) {
        QCOMPARE(page->next, std::string());
    } else {
        QVERIFY2(page.error().message.contains(message.toStdString()),
                 page.error().message.c_str());
    }
}

void TestBrowsing::namesAreChecked_data()
{
    QTest::addColumn<QByteArray>("repository");
    QTest::addColumn<QByteArray>("reference");
    QTest::newRow("a way out") << QByteArray("team/../../x") << QByteArray("1");
    QTest::newRow("a tag with a way out") << QByteArray("team/app") << QByteArray("../../../x");
    QTest::newRow("a query") << QByteArray("team/app?x=") << QByteArray("1");
    QTest::newRow("a header") << QByteArray("team/app") << QByteArray("1\r\nX: y");
    QTest::newRow("nothing") << QByteArray("") << QByteArray("1");
}

void TestBrowsing::namesAreChecked()
{
    QFETCH(QByteArray, repository);
    QFETCH(QByteArray, reference);
    const Answers answers;
    const WebServer server(answering(answers));
    const auto facts =
        browserOf(server)->look(repository.toStdString(), reference.toStdString(), Monitor());
    QVERIFY(!facts.has_value());
    QCOMPARE(facts.error().code, ErrorCode::InvalidInput);
    QCOMPARE(server.requests().size(), 1U);
    QVERIFY(!RegistryBrowser::open("team/app", {}, Monitor()).has_value());
    QVERIFY(!RegistryBrowser::open("", {}, Monitor()).has_value());
}

void TestBrowsing::imageAndIndex()
{
    const TestImage image = smallImage();
    const std::string manifest = manifestOf(image);
    const std::string attestation =
        R"(, "annotations": {"vnd.docker.reference.type": "attestation-manifest"})";
    const std::string index =
        R"({"schemaVersion": 2, "manifests": [)"
        + descriptorOf(manifest,
                       "application/vnd.oci.image.manifest.v1+json",
                       R"(, "platform": {"os": "linux", "architecture": "arm64"})")
        + ", " + descriptorOf("x", "application/vnd.oci.image.manifest.v1+json", attestation)
        + "]}";
    const Answers answers = {
        {"/v2/team/app/manifests/all", {index, {kIndex}}},
        {"/v2/team/app/manifests/" + digestOf(manifest), {manifest, {kManifest}}},
        {"/v2/team/app/blobs/" + digestOf(configOf(image)), {configOf(image), {}}}};
    const WebServer server(answering(answers));
    const auto browser = browserOf(server);
    const auto all = browser->look("team/app", "all", Monitor());
    QVERIFY2(all.has_value(), all ? "" : all.error().message.c_str());
    QVERIFY(all->isIndex && !all->image);
    QCOMPARE(all->digest.text(), digestOf(index));
    QCOMPARE(all->images.size(), 1U);
    QCOMPARE(all->images[0].platform.text(), std::string("linux/arm64"));
    QCOMPARE(all->attestations.size(), 1U);
    const auto one = browser->look("team/app", all->images[0].digest.text(), Monitor());
    QVERIFY2(one.has_value(), one ? "" : one.error().message.c_str());
    QVERIFY(!one->isIndex && one->image);
    QCOMPARE(one->image->layers, image.layers.size());
    std::uint64_t size = 0;
    for (const std::string &blob : image.blobs) {
        size += blob.size();
    }
    QCOMPARE(one->image->wireSize, size);
    QCOMPARE(one->image->platform.os, std::string("linux"));
    const auto none = browser->look("team/app", "2", Monitor());
    QVERIFY(!none.has_value());
    QCOMPARE(none.error().code, ErrorCode::NotFound);
}

void TestBrowsing::referrersOfTheApi()
{
    const Digest subject = Digest::parse(digestOf("image")).value();
    const std::string list = "/v2/team/app/referrers/" + subject.text();
    const std::string signature =
        descriptorOf("one",
                     "application/vnd.oci.image.manifest.v1+json",
                     R"(, "artifactType": "application/vnd.cncf.notary.signature")");
    const std::string bill = descriptorOf("two",
                                          "application/vnd.oci.image.manifest.v1+json",
                                          R"(, "artifactType": "application/spdx+json")");
    const Answers answers = {
        {list,
         {R"({"schemaVersion": 2, "manifests": [)" + signature + "]}",
          {kIndex, "Link: <" + list + "?last=one>; rel=\"next\""}}},
        {list + "?last=one", {R"({"schemaVersion": 2, "manifests": [)" + bill + "]}", {kIndex}}},
        {"/v2/team/app/manifests/" + tagOf(subject.text()) + ".att",
         {"cosign's", {kManifest, "Docker-Content-Digest: " + digestOf("cosign's")}}}};
    const WebServer server(answering(answers));
    const auto browser = browserOf(server);
    const auto first = browser->referrers("team/app", subject, {}, Monitor());
    QVERIFY2(first.has_value(), first ? "" : first.error().message.c_str());
    QVERIFY(first->hasApi);
    QCOMPARE(first->referrers.size(), 2U);
    QCOMPARE(first->referrers[0].kind, Referrer::Kind::Signature);
    QCOMPARE(first->referrers[1].kind, Referrer::Kind::Attestation);
    QCOMPARE(first->referrers[1].descriptor.digest.text(), digestOf("cosign's"));
    QCOMPARE(first->referrers[1].tag, tagOf(subject.text()) + ".att");
    const auto second = browser->referrers("team/app", subject, first->next, Monitor());
    QVERIFY2(second.has_value(), second ? "" : second.error().message.c_str());
    QCOMPARE(second->referrers.size(), 1U);
    QCOMPARE(second->referrers[0].kind, Referrer::Kind::Sbom);
    QVERIFY(second->next.empty());
}

void TestBrowsing::referrersByTag()
{
    const Digest subject = Digest::parse(digestOf("image")).value();
    const std::string index = R"({"schemaVersion": 2, "manifests": [)"
                              + descriptorOf("one",
                                             "application/vnd.oci.image.manifest.v1+json",
                                             R"(, "artifactType": "application/vnd.in-toto+json",
                          "annotations": {"in-toto.io/predicate-type":
                          "https://slsa.dev/provenance/v1"})")
                              + "]}";
    Answers answers = {{"/v2/team/app/manifests/" + tagOf(subject.text()), {index, {kIndex}}}};
    const WebServer server(answering(answers));
    const auto browser = browserOf(server);
    const auto page = browser->referrers("team/app", subject, {}, Monitor());
    QVERIFY2(page.has_value(), page ? "" : page.error().message.c_str());
    QVERIFY(!page->hasApi);
    QCOMPARE(page->referrers.size(), 1U);
    QCOMPARE(page->referrers[0].kind, Referrer::Kind::Provenance);
    const Digest other = Digest::parse(digestOf("another")).value();
    const auto none = browser->referrers("team/app", other, {}, Monitor());
    QVERIFY(none.has_value());
    QVERIFY(none->referrers.empty());
}

void TestBrowsing::kinds_data()
{
    QTest::addColumn<QByteArray>("artifactType");
    QTest::addColumn<QByteArray>("predicateType");
    QTest::addColumn<int>("kind");
    const auto row = [](const char *type, const char *predicate, Referrer::Kind kind) {
        QTest::newRow(QByteArray(type) + ' ' + predicate)
            << QByteArray(type) << QByteArray(predicate) << static_cast<int>(kind);
    };
    row("application/vnd.cncf.notary.signature", "", Referrer::Kind::Signature);
    row("application/vnd.dev.sigstore.bundle.v0.3+json", "", Referrer::Kind::Signature);
    row("application/vnd.dev.sigstore.bundle.v0.3+json",
        "https://slsa.dev/provenance/v1",
        Referrer::Kind::Provenance);
    row("application/vnd.dev.sigstore.bundle.v0.3+json",
        "https://cosign.sigstore.dev/attestation/vuln/predicate",
        Referrer::Kind::Attestation);
    row("application/vnd.in-toto+json", "https://spdx.dev/Document", Referrer::Kind::Sbom);
    row("application/vnd.in-toto+json", "https://example.com/other", Referrer::Kind::Attestation);
    row("application/vnd.cyclonedx+json", "", Referrer::Kind::Sbom);
    row("application/vnd.example.chart", "", Referrer::Kind::Other);
    row("", "", Referrer::Kind::Other);
}

void TestBrowsing::kinds()
{
    QFETCH(QByteArray, artifactType);
    QFETCH(QByteArray, predicateType);
    QFETCH(int, kind);
    Descriptor descriptor;
    descriptor.artifactType = artifactType.toStdString();
    if (!predicateType.isEmpty()) {
        descriptor.annotations["dev.sigstore.bundle.predicateType"] = predicateType.toStdString();
    }
    QCOMPARE(static_cast<int>(referrerKind(descriptor)), kind);
}

void TestBrowsing::partsAreReadable()
{
    const std::string statement = R"({"predicateType":"https://slsa.dev/provenance/v1"})";
    const std::string envelope = R"({"payloadType":"application/vnd.in-toto+json","payload":")"
                                 + base64(statement) + R"(","signatures":[]})";
    for (const std::string &part : {envelope, R"({"dsseEnvelope":)" + envelope + "}"}) {
        const AttachedText readable = readableText(part);
        QCOMPARE(readable.text, statement);
        QCOMPARE(readable.payloadType, std::string("application/vnd.in-toto+json"));
        QCOMPARE(readable.predicateType, std::string("https://slsa.dev/provenance/v1"));
    }
    QCOMPARE(readableText(statement).predicateType, std::string("https://slsa.dev/provenance/v1"));
    for (const char *other : {"no JSON", "[]", R"({"payloadType":"x","payload":"*"})"}) {
        const AttachedText readable = readableText(other);
        QCOMPARE(readable.text, std::string(other));
        QVERIFY(readable.payloadType.empty() && readable.predicateType.empty());
    }
    const std::string manifest =
        R"({"schemaVersion": 2, "config": )"
        + descriptorOf("{}", "application/vnd.oci.empty.v1+json") + R"(, "layers": [)"
        + descriptorOf(envelope, "application/vnd.dsse.envelope.v1+json") + "]}";
    Answers answers = {{"/v2/team/app/manifests/" + digestOf(manifest), {manifest, {kManifest}}},
                       {"/v2/team/app/blobs/" + digestOf(envelope), {envelope, {}}}};
    const WebServer server(answering(answers));
    const auto browser = browserOf(server);
    const auto parts =
        browser->parts("team/app", Digest::parse(digestOf(manifest)).value(), Monitor());
    QVERIFY2(parts.has_value(), parts ? "" : parts.error().message.c_str());
    QCOMPARE(parts->size(), 1U);
    QCOMPARE(browser->text("team/app", parts->front(), Monitor()).value().text, statement);
    answers["/v2/team/app/blobs/" + digestOf(envelope)].first = "other bytes";
    const auto refused = browser->text("team/app", parts->front(), Monitor());
    QVERIFY(!refused.has_value());
    QCOMPARE(refused.error().code, ErrorCode::Corrupt);
    Descriptor huge = parts->front();
    huge.size = static_cast<std::int64_t>(limits::kAttachedBytes) + 1;
    QCOMPARE(browser->text("team/app", huge, Monitor()).error().code, ErrorCode::LimitExceeded);
}

void TestBrowsing::rateLimits_data()
{
    QTest::addColumn<QByteArray>("limit");
    QTest::addColumn<QByteArray>("remaining");
    QTest::addColumn<QByteArray>("text"); // empty: nothing is known
    const auto row =
        [](const char *name, const char *limit, const char *remaining, const char *text) {
            QTest::newRow(name) << QByteArray(limit) << QByteArray(remaining) << QByteArray(text);
        };
    row("Docker Hub's", "100;w=21600", "76;w=21600", "76 of 100 requests left in 6 hours");
    row("no window", "100", "0", "0 of 100 requests left");
    row("minutes", "10; w=120", "9", "9 of 10 requests left in 2 minutes");
    row("no limit", "", "5;w=61", "5 requests left in 61 seconds");
    row("nothing", "", "", "");
    row("no number", "100", "many", "");
    row("beyond all numbers", "100", "99999999999999999999999", "");
}

void TestBrowsing::rateLimits()
{
    QFETCH(QByteArray, limit);
    QFETCH(QByteArray, remaining);
    QFETCH(QByteArray, text);
    HttpAnswer answer;
    answer.headers = {{"ratelimit-limit", limit.toStdString()},
                      {"ratelimit-remaining", remaining.toStdString()}};
    const std::optional<RateLimit> told = rateLimitOf(answer);
    QCOMPARE(told.has_value(), !text.isEmpty());
    QCOMPARE(told ? rateLimitText(*told) : std::string(), text.toStdString());
}

void TestBrowsing::limitIsKept()
{
    const Answers answers = {
        {"/v2/team/app/tags/list?n=100",
         {R"({"tags":["1"]})", {"RateLimit-Limit: 100;w=60", "RateLimit-Remaining: 7;w=60"}}}};
    const WebServer server(answering(answers));
    const auto browser = browserOf(server);
    QVERIFY(!browser->rateLimit());
    QVERIFY(browser->tags("team/app", {}, Monitor()).has_value());
    QVERIFY(browser->rateLimit() == RateLimit({100, 7, 60}));
}

void TestBrowsing::limitIsTold()
{
    const WebServer server([](const WebRequest &request, const WebConnection &to) {
        if (request.path == "/v2/") {
            to.answer(200, "{}");
            return;
        }
        to.answer(429,
                  R"({"errors":[{"code":"TOOMANYREQUESTS","message":"slow down"}]})",
                  {"Retry-After: 600", "RateLimit-Limit: 100;w=21600", "RateLimit-Remaining: 0"});
    });
    const auto page = browserOf(server)->tags("team/app", {}, Monitor());
    QVERIFY(!page.has_value());
    QCOMPARE(page.error().code, ErrorCode::Network);
    for (const char *part : {"429: 0 of 100 requests left in 6 hours",
                             "again in 600 seconds, at 20",
                             "asked without credentials",
                             "slow down"}) {
        QVERIFY2(page.error().message.contains(part), page.error().message.c_str());
    }
}

void TestBrowsing::proxyIsTold()
{
    const WebServer proxy([](const WebRequest &request, const WebConnection &to) {
        to.answer(request.method == "CONNECT" ? 407 : 500, "");
    });
    qputenv("https_proxy", ("http://" + proxy.address()).c_str());
    const auto browser = RegistryBrowser::open("registry.example", {}, Monitor());
    qunsetenv("https_proxy");
    QVERIFY(!browser.has_value());
    QVERIFY2(browser.error().message.contains("proxy that the environment names does not let us"),
             browser.error().message.c_str());
}

QTEST_APPLESS_MAIN(TestBrowsing)

#include "tst_browsing.moc"
