// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "resources/samples/layers.h"

#include "resources/samples/content.h"
#include "resources/samples/ustar.h"

namespace cutaway::sample {

namespace {

constexpr std::int64_t kBaseTime = 1'714'557'600; // 2024-05-01T10:00:00Z
constexpr std::int64_t kAppTime = 1'717'405'200;  // 2024-06-03T09:00:00Z
constexpr const char *kBaseCreated = "2024-05-01T10:00:00Z";
constexpr const char *kAppCreated = "2024-06-03T09:00:00Z";

constexpr Meta kProgram{.mode = 0755};
constexpr Meta kShopFolder{.mode = 0755, .uid = 1000, .gid = 1000};
constexpr Meta kShopFile{.mode = 0644, .uid = 1000, .gid = 1000};

constexpr const char *kPasswd = "root:x:0:0:root:/root:/bin/sh\n"
                                "www-data:x:33:33:www-data:/var/www:/usr/sbin/nologin\n"
                                "nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin\n";
constexpr const char *kGroup = "root:x:0:\nwww-data:x:33:\nnogroup:x:65534:\n";

std::string package(const std::string &name, const std::string &version, const std::string &summary)
{
    return "Package: " + name
           + "\nStatus: install ok installed\nArchitecture: amd64\nVersion: " + version
           + "\nMaintainer: Strata sample <sample@example.org>\nDescription: " + summary + "\n\n";
}

std::string basePackages()
{
    return package("base-files", "1.0", "the first folders and files of a system")
           + package("coreutils", "9.1-1", "basic file, shell and text tools")
           + package("libc6", "2.36-9", "shared C library");
}

/// The binary of the sample's service; the build forgets its executable bit at first.
std::string shopBinary()
{
    return program("shop", 80'000);
}

std::string baseLayer()
{
    Ustar tar;
    tar.setTime(kBaseTime);
    for (const char *folder : {"dev",
                               "etc",
                               "home",
                               "proc",
                               "run",
                               "srv",
                               "sys",
                               "usr",
                               "usr/bin",
                               "usr/lib",
                               "usr/local",
                               "usr/local/bin",
                               "usr/sbin",
                               "usr/share",
                               "var",
                               "var/cache",
                               "var/lib",
                               "var/lib/dpkg",
                               "var/log"}) {
        tar.directory(folder);
    }
    tar.directory("root", {.mode = 0700});
    tar.directory("tmp", {.mode = 01777});
    tar.symlink("bin", "usr/bin");
    tar.symlink("lib", "usr/lib");
    tar.symlink("sbin", "usr/sbin");
    tar.file("usr/lib/os-release",
             "NAME=\"Strata sample\"\nID=strata\nID_LIKE=debian\nVERSION_ID=\"1\"\n"
             "PRETTY_NAME=\"Strata sample 1 (made up by Cutaway)\"\n");
    tar.symlink("etc/os-release", "../usr/lib/os-release");
    tar.file("etc/passwd", kPasswd);
    tar.file("etc/group", kGroup);
    tar.file("etc/hostname", "strata\n");
    tar.file("usr/bin/sh", program("sh", 40'000), kProgram);
    tar.file("usr/bin/coreutils", program("coreutils", 48'000), kProgram);
    for (const char *name : {"usr/bin/cat", "usr/bin/chmod", "usr/bin/ls", "usr/bin/rm"}) {
        tar.hardlink(name, "usr/bin/coreutils", kProgram);
    }
    tar.file("usr/bin/su", program("su", 16'000), {.mode = 04755});
    tar.file("usr/lib/libc.so.6", program("libc", 72'000), kProgram);
    tar.file("var/lib/dpkg/status", basePackages());
    return tar.finish();
}

std::string aptLayer()
{
    Ustar tar;
    tar.setTime(kAppTime);
    tar.directory("etc/httpd");
    tar.file("etc/httpd/httpd.conf", "Listen 8080\nDocumentRoot /srv/shop/site\n");
    tar.file("usr/sbin/httpd", program("httpd", 40'000), kProgram);
    tar.file("usr/lib/libhttpd.so.1", program("libhttpd", 24'000), kProgram);
    tar.directory("var/cache/apt");
    tar.directory("var/cache/apt/archives");
    tar.file("var/cache/apt/archives/httpd_2.4-1_amd64.deb", "!<arch>\n" + noise("deb", 36'000));
    tar.directory("var/lib/apt");
    tar.directory("var/lib/apt/lists");
    tar.file("var/lib/apt/lists/deb.example.org_strata_dists_chalk_InRelease",
             "Origin: Strata\nSuite: chalk\nComponents: main\n");
    tar.file("var/lib/apt/lists/deb.example.org_strata_dists_chalk_main_binary-amd64_Packages",
             packageIndex("main", 72'000));
    tar.file("var/lib/dpkg/status",
             basePackages() + package("httpd", "2.4-1", "a small web server"));
    return tar.finish();
}

std::string folderLayer()
{
    Ustar tar;
    tar.setTime(kAppTime);
    tar.directory("srv/shop");
    return tar.finish();
}

std::string binaryLayer()
{
    Ustar tar;
    tar.setTime(kAppTime);
    tar.file("usr/local/bin/shop", shopBinary(), {.mode = 0644});
    return tar.finish();
}

std::string chmodLayer()
{
    Ustar tar;
    tar.setTime(kAppTime);
    tar.file("usr/local/bin/shop", shopBinary(), kProgram);
    return tar.finish();
}

std::string contextLayer()
{
    Ustar tar;
    tar.setTime(kAppTime);
    tar.file("srv/shop/.env",
             "# Not a real password: the sample's \"deleted\" secret.\n"
             "SHOP_DATABASE_PASSWORD=chalk-and-cheese-0417\n",
             {.mode = 0600});
    tar.file("srv/shop/deploy_key.pem", pretendedKey(), {.mode = 0600});
    tar.directory("srv/shop/current");
    tar.file("srv/shop/current/release.bin", noise("release", 9'000));
    tar.directory("srv/shop/fixtures");
    tar.file("srv/shop/fixtures/dump.sql", databaseDump(48'000));
    tar.file("srv/shop/fixtures/photo.raw", noise("photo", 24'000));
    tar.directory("srv/shop/releases");
    tar.directory("srv/shop/releases/1.4.2");
    tar.file("srv/shop/releases/1.4.2/release.bin", noise("release", 9'000));
    tar.file("srv/shop/releases/1.4.2/logo.raw", noise("logo", 12'000));
    tar.directory("srv/shop/site");
    tar.file("srv/shop/site/logo.raw", noise("logo", 12'000));
    tar.file(
        "srv/shop/site/index.html",
        "<!doctype html>\n<title>Stones</title>\n<link rel=\"stylesheet\" href=\"style.css\">\n"
        "<h1>Stones, by the layer</h1>\n");
    tar.file("srv/shop/site/style.css", "h1 { font-weight: 600; }\n");
    tar.file("srv/shop/todo.txt", "Remove this file before the release.\n");
    return tar.finish();
}

std::string userLayer()
{
    Ustar tar;
    tar.setTime(kAppTime);
    tar.file("etc/group", std::string(kGroup) + "shop:x:1000:\n");
    tar.file("etc/passwd", std::string(kPasswd) + "shop:x:1000:1000:shop:/srv/shop:/bin/sh\n");
    tar.directory("var/cache/shop", kShopFolder);
    tar.file(
        "var/cache/shop/fixtures.thumbs", noise("thumbnails of the fixtures", 30'000), kShopFile);
    tar.directory("var/lib/shop", kShopFolder);
    tar.file("var/lib/shop/README", "Kept outside the image: mount a volume here.\n", kShopFile);
    return tar.finish();
}

std::string cleanLayer()
{
    Ustar tar;
    tar.setTime(kAppTime);
    tar.directory("srv/shop");
    tar.whiteout("srv/shop", ".env");
    tar.whiteout("srv/shop", "deploy_key.pem");
    tar.whiteout("srv/shop", "fixtures");
    tar.whiteout("srv/shop", "todo.txt");
    tar.symlink("srv/shop/current", "releases/1.4.2");
    return tar.finish();
}

std::string cacheLayer()
{
    Ustar tar;
    tar.setTime(kAppTime);
    tar.directory("var/cache/shop", kShopFolder);
    tar.opaque("var/cache/shop");
    tar.file("var/cache/shop/site.thumbs", noise("thumbnails of the site", 12'000), kShopFile);
    return tar.finish();
}

} // namespace

std::vector<Step> buildSteps()
{
    const auto run = [](const std::string &command) {
        return "RUN |1 VERSION=1.4.2 /bin/sh -c " + command + " # buildkit";
    };
    return {
        {kBaseCreated, "ADD strata-rootfs.tar.gz / # buildkit", baseLayer()},
        {kBaseCreated, "CMD [\"/bin/sh\"]"},
        {kAppCreated, "ARG VERSION=1.4.2"},
        {kAppCreated,
         "LABEL org.opencontainers.image.title=Stone shop org.opencontainers.image.version=1.4.2"},
        {kAppCreated, "ENV SHOP_DATA=/var/lib/shop SHOP_PORT=8080"},
        {kAppCreated,
         run("apt-get update && apt-get install -y --no-install-recommends httpd"),
         aptLayer()},
        {kAppCreated, "WORKDIR /srv/shop", folderLayer()},
        {kAppCreated, "COPY build/shop /usr/local/bin/shop # buildkit", binaryLayer()},
        {kAppCreated, run("chmod 0755 /usr/local/bin/shop"), chmodLayer()},
        {kAppCreated, "COPY . . # buildkit", contextLayer()},
        {kAppCreated,
         run("useradd --uid 1000 shop && install -d -o shop -g shop /var/lib/shop && shop "
             "--thumbnails"),
         userLayer()},
        {kAppCreated,
         run("rm -rf .env deploy_key.pem fixtures todo.txt current && ln -s releases/1.4.2 "
             "current"),
         cleanLayer()},
        {kAppCreated,
         run("rm -rf /var/cache/shop && install -d -o shop -g shop /var/cache/shop && shop "
             "--thumbnails"),
         cacheLayer()},
        {kAppCreated, "EXPOSE [8080/tcp 8443/tcp]"},
        {kAppCreated, "VOLUME [/var/lib/shop]"},
        {kAppCreated, "USER shop"},
        {kAppCreated,
         "HEALTHCHECK &{[\"CMD\" \"/usr/local/bin/shop\" \"--ping\"] \"30s\" \"3s\" \"5s\" \"0s\" "
         "'\\x03'}"},
        {kAppCreated, "STOPSIGNAL SIGINT"},
        {kAppCreated, "ENTRYPOINT [\"/usr/local/bin/shop\"]"},
        {kAppCreated, "CMD [\"--port\" \"8080\"]"},
    };
}

} // namespace cutaway::sample
