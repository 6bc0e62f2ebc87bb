// SPDX-FileCopyrightText: Cutaway contributors
// SPDX-License-Identifier: Apache-2.0
#include "core/audit/pathtables.h"

#include "core/audit/cachekind.h"

#include <array>

namespace cutaway {

namespace {

struct Row
{
    std::string_view kind; ///< empty: exempt
    std::string_view glob;
};

/// What others wrote and packed: nobody's build context.
constexpr Row kVendorTrees = {
    "", "/**/{node_modules,site-packages,dist-packages,vendor,gems,testdata}/**"};
constexpr Row kSystemTrees = {
    "", "/{usr/{share,lib,lib64,src,include},lib,root/buildinfo,proc,sys}/**"};
constexpr Row kLocalTrees = {"", "/usr/local/{share,lib,src,go,include}/**"};

constexpr std::array kTemporary = {
    Row{"", "/run/{lock,secrets,systemd}/**"},
    Row{"tmp", "/{tmp,var/tmp,usr/tmp}/**"},
    Row{"tmp", "/{dev/shm,run}/**"},
};
constexpr std::array kLogs = {
    Row{"", "/var/log/{lastlog,faillog,tallylog}"},
    Row{"log", "/var/log/**"},
    Row{"log", "/{root,app}/**/*.log"},
    Row{"log", "/**/{hs_err_pid*.log,npm-debug.log*,yarn-error.log,pip-log.txt}"},
};
/// More than one ending stands together, so that the kind is what is left out of the name of the
/// folder that came out of it.
constexpr std::array kArchives = {
    Row{"", "/**/{site-packages,dist-packages}/**/*.zip"},
    // What python3 -m venv installs from.
    Row{"", "/usr/share/python-wheels/*.whl"},
    Row{"", "/**/ensurepip/_bundled/*.whl"},
    Row{".tar.gz", "/**/*.tar.gz"},
    Row{".tar.xz", "/**/*.tar.xz"},
    Row{".tar.bz2", "/**/*.tar.bz2"},
    Row{".tar.zst", "/**/*.tar.zst"},
    Row{".tar.lz", "/**/*.tar.lz"},
    Row{".tar.lzma", "/**/*.tar.lzma"},
    Row{".tar.Z", "/**/*.tar.Z"},
    Row{".tar", "/**/*.tar"},
    Row{".tgz", "/**/*.tgz"},
    Row{".tbz2", "/**/*.tbz2"},
    Row{".txz", "/**/*.txz"},
    Row{".zip", "/**/*.zip"},
    Row{".7z", "/**/*.7z"},
    Row{".rar", "/**/*.rar"},
    Row{".deb", "/**/*.deb"},
    Row{".rpm", "/**/*.rpm"},
    Row{".apk", "/**/*.apk"},
    Row{".whl", "/**/*.whl"},
    Row{".egg", "/**/*.egg"},
    Row{".gem", "/**/*.gem"},
    Row{".crate", "/**/*.crate"},
    Row{".nupkg", "/**/*.nupkg"},
    Row{".iso", "/**/*.iso"},
    Row{".run", "/**/*.run"},
    Row{".bin.gz", "/**/*.bin.gz"},
};
constexpr std::array kDebug = {
    Row{"debug", "/usr/lib/debug/**"},
    Row{"debug", "/**/*.{debug,dwo,pdb}"},
    Row{"debug", "/**/*.dSYM/**"},
};
constexpr std::array kResidue = {
    Row{"tests", "/**/{site-packages,dist-packages}/**/{tests,test}/**"},
    Row{"tests", "/**/gems/*/{spec,test}/**"},
    Row{"tests", "/**/testdata/**"},
    Row{"", "/{usr/lib,usr/local/lib,opt/*/lib}/python*/**"},
    Row{"", "/**/{site-packages,dist-packages}/**"},
    Row{"compiled Python", "/**/__pycache__/**"},
    Row{"reports", "/**/{.pytest_cache,.mypy_cache,.tox,.nox,htmlcov}/**"},
    Row{"reports", "/**/.coverage"},
    Row{"build cache", "/**/node_modules/.cache/**"},
    Row{"", "/usr/{lib,local/lib}/node_modules/**"},
    Row{"", "/**/node_modules/*/**/node_modules/**"},
    Row{"development packages", "/**/node_modules/{typescript,mocha,nodemon,prettier,ts-node}/**"},
    Row{"development packages", "/**/node_modules/{jest*,eslint*,webpack*}/**"},
    Row{"development packages", "/**/node_modules/@types/*/**"},
    Row{"source maps", "/**/*.{ts.map,js.map,tsbuildinfo}"},
};
constexpr std::array kDevFiles = {
    Row{"", "/usr/local/go/**"},
    Row{"", "/**/rustlib/**"},
    Row{"", "/**/libc_nonshared.a"},
    Row{"python headers", "/usr/{include,local/include}/python*/**"},
    Row{"headers", "/usr/{include,local/include}/**"},
    Row{"libraries", "/**/*.{a,la,pc,cmake}"},
};
constexpr std::array kData = {
    Row{"", "/{proc,sys,dev,boot}/**"},
    Row{"", "/usr/{share,lib,lib64}/**"},
    Row{"", "/var/{cache,lib/{rpm,dpkg,pacman,apt,mlocate,plocate}}/**"},
    Row{"", "/**/{node_modules,site-packages,dist-packages,gems}/**"},
    Row{"", "/**/{GeoIP,GeoLite2,zoneinfo,icu}*"},
    Row{"", "/**/{GeoIP,zoneinfo,icu}/**"},
    Row{"data file", "/**/*.{sql,dump,bak,sqlite,sqlite3,db,csv,tsv,parquet,avro,orc,h5,hdf5}"},
    Row{"data file", "/**/*.{nc,fits,mat,npy,npz,pkl,tfrecord,onnx,pt,pth,safetensors,gguf}"},
    Row{"data file", "/**/*.{ckpt,mbtiles,osm.pbf,mp4,mov,wav,vmdk,qcow2}"},
    Row{"data folder", "/**/{data,datasets,dumps,backup,backups,models}/**"},
};
constexpr std::array kDocs = {
    Row{"", "/usr/{share,local/share}/doc/**/{copyright,LICENSE*,COPYING*,NOTICE*}"},
    Row{"", "/usr/share/locale/{locale.alias,C,C.utf8}"},
    Row{"documentation", "/usr/share/{doc,man,info,gtk-doc,help}/**"},
    Row{"documentation", "/usr/local/share/{doc,man}/**"},
    Row{"documentation", "/**/ruby/**/doc/ri/**"},
    Row{"languages", "/usr/share/{locale,i18n}/**"},
};
constexpr std::array kCacheInstalls = {
    Row{"install", "~/.cache/{ms-playwright,puppeteer,Cypress,node/corepack,deno,huggingface}/**"},
    Row{"install", "~/.cache/{torch,selenium,rod}/**"},
};
constexpr std::array kContext = {
    kVendorTrees,
    kSystemTrees,
    kLocalTrees,
    Row{"Dockerfile", "/**/{Dockerfile*,Containerfile,*.dockerfile,.dockerignore}"},
    Row{"compose file", "/**/{docker-compose*.yml,docker-compose*.yaml}"},
    Row{"compose file", "/**/{compose.yml,compose.yaml}"},
    Row{"Makefile", "/**/Makefile"},
    Row{"CI", "/**/{Jenkinsfile,.gitlab-ci.yml,.travis.yml,azure-pipelines.yml}"},
    Row{"CI", "/**/{.circleci,.github}/**"},
    Row{"development", "/**/{.pre-commit-config.yaml,Vagrantfile,.editorconfig}"},
    Row{"development", "/**/{.gitignore,.gitattributes,.gitmodules}"},
    Row{"development", "/**/{tox.ini,.eslintrc*,renovate.json,skaffold.yaml,Tiltfile}"},
};
constexpr std::array kVcs = {
    Row{".git", "/**/.git/HEAD"},
    Row{".git file", "/**/.git"},
    Row{".svn", "/**/.svn/wc.db"},
    Row{".hg", "/**/.hg/store"},
    Row{".bzr", "/**/.bzr/branch"},
    Row{"CVS", "/**/CVS/Root"},
};
constexpr std::array kJunk = {
    kVendorTrees,
    kSystemTrees,
    kLocalTrees,
    Row{"desktop", "/**/{.DS_Store,Thumbs.db,desktop.ini,._*}"},
    Row{"editor", "/**/{*.swp,*.swo,*~,*.iml,.project}"},
    Row{"editor", "/**/{.vscode,.idea}/**"},
    Row{"editor", "/{app,srv,opt}/**/.vimrc"},
    Row{"merge", "/**/*.{orig,rej}"},
};
constexpr std::array kHostFolders = {
    Row{"", "/**/node_modules/**/node_modules"},
    Row{"node_modules", "/**/node_modules"},
    Row{"native module", "/**/*.node"},
    Row{"virtual environment", "/**/pyvenv.cfg"},
    Row{"build of Cargo", "/**/target/{debug,release}/.fingerprint"},
    Row{"build of .NET", "/**/{bin/Debug,obj/project.assets.json}"},
};
constexpr std::array kDumps = {
    Row{"core", "/**/{core,core.[0-9]*,*.core,vgcore.*}"},
    Row{"heap", "/**/*.{hprof,dmp}"},
};
constexpr std::array kPasswordFiles = {
    kVendorTrees,
    Row{"", "/usr/{share,lib}/**"},
    Row{"htpasswd", "/**/{.htpasswd,htpasswd,*.htpasswd,htpasswd.users}"},
};
constexpr std::array kClientConfigs = {
    kVendorTrees,
    Row{"npm", "{~,/usr/src/*,/app,/srv,/opt/*}/.npmrc"},
    Row{"npm", "{/etc,/usr/etc,/usr/local/etc}/npmrc"},
    Row{"curl", "{~/.curlrc,/etc/curlrc}"},
    Row{"wget", "{~/.wgetrc,/etc/wgetrc,/usr/local/etc/wgetrc}"},
    Row{"git", "{~/{.gitconfig,.config/git/config},/etc/gitconfig,/usr/local/etc/gitconfig}"},
    Row{"pip", "{~/{.pip,.config/pip}/pip.conf,/etc/pip.conf,/etc/xdg/pip/pip.conf}"},
    Row{"yum", "/etc/{yum.conf,dnf/dnf.conf}"},
    Row{"yum", "/etc/yum.repos.d/*.repo"},
};
constexpr std::array kPackageConfigs = {
    Row{"apt list", "/etc/apt/{sources.list,sources.list.d/*.list}"},
    Row{"apt sources", "/etc/apt/sources.list.d/*.sources"},
    Row{"apt options", "/etc/apt/{apt.conf,apt.conf.d/*}"},
    Row{"repo", "/etc/{yum.conf,dnf/dnf.conf,yum.repos.d/*.repo,zypp/repos.d/*.repo}"},
    Row{"pacman", "/etc/{pacman.conf,pacman.d/*.conf}"},
};
constexpr std::array kSudoers = {
    Row{"sudo", "/etc/{sudoers,sudoers.d/*}"},
    Row{"doas", "/etc/{doas.conf,doas.d/*.conf}"},
};

std::vector<PathRow> rowsOf(const Homes &homes, std::span<const Row> table)
{
    std::vector<PathRow> rows;
    for (const Row &row : table) {
        homes.add(row.kind, row.glob, rows);
    }
    return rows;
}

/// The language that the image speaks needs its files: of LANG=de_DE.UTF-8 those of de and de_DE.
std::vector<PathRow> spokenLanguages(const ImageConfig &config)
{
    std::vector<PathRow> rows;
    for (const std::string &variable : config.env) {
        const std::size_t equals = std::min(variable.find('='), variable.size());
        const std::string_view name = std::string_view(variable).substr(0, equals);
        if (name != "LANG" && name != "LC_ALL" && name != "LANGUAGE") {
            continue;
        }
        const std::string_view value =
            std::string_view(variable).substr(std::min(equals + 1, variable.size()));
        const std::string place(value.substr(0, value.find_first_of(".@:")));
        if (place.empty() || place.find_first_of("*?{}[]\\/") != std::string::npos) {
            continue;
        }
        const std::string language = place.substr(0, place.find('_'));
        for (const std::string &folder : {place, place + ".*", language}) {
            rows.push_back({"", "/usr/share/locale/" + folder + "/**"});
        }
    }
    return rows;
}

} // namespace

std::vector<PathTable> pathTables(const ImageConfig &config, std::span<const std::string> homes)
{
    const Homes places(config, homes);
    std::vector<PathTable> tables = {
        {PathGroup::Cache, cacheRows(config, homes)},
        {PathGroup::Temporary, rowsOf(places, kTemporary)},
        {PathGroup::Log, rowsOf(places, kLogs)},
        {PathGroup::Archive, rowsOf(places, kArchives)},
        {PathGroup::Debug, rowsOf(places, kDebug)},
        {PathGroup::Residue, rowsOf(places, kResidue)},
        {PathGroup::DevFiles, rowsOf(places, kDevFiles)},
        {PathGroup::Data, rowsOf(places, kData)},
        {PathGroup::Docs, spokenLanguages(config)},
        {PathGroup::Docs, rowsOf(places, kDocs)},
        {PathGroup::CacheInstall, rowsOf(places, kCacheInstalls)},
        {PathGroup::Context, rowsOf(places, kContext)},
        {PathGroup::Vcs, rowsOf(places, kVcs)},
        {PathGroup::Junk, rowsOf(places, kJunk)},
        {PathGroup::HostFolder, rowsOf(places, kHostFolders)},
        {PathGroup::Dump, rowsOf(places, kDumps)},
        {PathGroup::PasswordFile, rowsOf(places, kPasswordFiles)},
        {PathGroup::ClientConfig, rowsOf(places, kClientConfigs)},
        {PathGroup::PackageConfig, rowsOf(places, kPackageConfigs)},
        {PathGroup::Sudoers, rowsOf(places, kSudoers)},
    };
    return tables;
}

} // namespace cutaway
