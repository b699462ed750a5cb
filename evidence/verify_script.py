"""The script in a pack that lets a stranger verify it with nothing but sha256sum and openssl."""

SCRIPT = r"""#!/bin/sh
# 核验本佐证包。只用到系统自带的 sha256sum（或 shasum）和 openssl，不需要联网，也不需要任何其他软件。
# 用法：在本文件夹内运行  sh verify.sh      退出码：0 全部通过，1 有问题。
LC_ALL=C
export LC_ALL
cd "$(dirname "$0")" || exit 1
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
bad=0
skipped=0
ok() { printf '  [通过] %s\n' "$1"; }
no() { printf '  [问题] %s\n' "$1"; bad=$((bad + 1)); }
skip() { printf '  [未验] %s\n' "$1"; skipped=$((skipped + 1)); }
if command -v sha256sum >/dev/null 2>&1; then
  digest() { sha256sum "$@" | cut -c1-64; }
elif command -v shasum >/dev/null 2>&1; then
  digest() { shasum -a 256 "$@" | cut -c1-64; }
else
  echo "本机没有 sha256sum 或 shasum，无法核验"; exit 1
fi

echo "一、包内文件与目录清单是否一致"
missing=0
while IFS= read -r row; do
  want=$(printf '%s' "$row" | cut -c1-64)
  name=$(printf '%s' "$row" | cut -c67-)
  if [ ! -f "$name" ]; then no "缺少文件 $name"; missing=1
  elif [ "$(digest "$name")" != "$want" ]; then no "文件被改动 $name"; missing=1; fi
done < SHA256SUMS
find . -type f ! -path ./SHA256SUMS ! -path ./SHA256SUMS.sig | sed 's|^\./||' > "$tmp/all"
sed 's/^[0-9a-f]*  //' SHA256SUMS > "$tmp/listed"
grep -Fxv -f "$tmp/listed" "$tmp/all" > "$tmp/extra" || true
while IFS= read -r name; do
  case "$name" in
    */*) no "清单之外多出的文件 $name"; missing=1 ;;
    *) echo "  [不计] $name 不在清单之内，不是这份佐证的一部分" ;;
  esac
done < "$tmp/extra"
listed=$(wc -l < SHA256SUMS)
[ "$missing" -eq 0 ] && ok "$((listed)) 个文件全部一致"

echo "二、每次取证的清单（manifest.json）与其文件是否一致"
find seals -name manifest.json | sort > "$tmp/seals"
while IFS= read -r manifest; do
  folder=$(dirname "$manifest")
  sed -n '/^ "files": \[/,/^ \]/p' "$manifest" |
    sed -n 's/^   "name": "\(.*\)",$/N \1/p; s/^   "sha256": "\([0-9a-f]*\)",*$/H \1/p' > "$tmp/rows"
  name=""; whole=1
  while read -r key value; do
    if [ "$key" = N ]; then name=$value; continue; fi
    case "$name" in
      sealed-*) if [ ! -f "$folder/$name" ]; then continue; fi ;;
    esac
    if [ ! -f "$folder/$name" ]; then no "缺少 $folder/$name"; whole=0
    elif [ "$(digest "$folder/$name")" != "$value" ]; then no "内容不符 $folder/$name"; whole=0; fi
  done < "$tmp/rows"
  if [ ! -s "$tmp/rows" ]; then no "清单读不出 $manifest"; whole=0; fi
  [ "$whole" -eq 1 ] && ok "$folder"
  if grep -F "\"sha256\":\"$(digest "$manifest")\"" chain/chain.jsonl >/dev/null; then
    ok "清单已登记在证据链中"
  else
    no "清单没有登记在证据链中 $manifest"
  fi
done < "$tmp/seals"
[ -s "$tmp/seals" ] || no "包内没有取证清单"

echo "三、证据链是否环环相扣"
before=""; number=0; broken=0; last=""
while IFS= read -r line; do
  number=$((number + 1))
  prev=$(printf '%s' "$line" | sed 's/.*"prev":"\([0-9a-f]*\)".*/\1/')
  if [ -n "$before" ] && [ "$prev" != "$before" ]; then no "第 $number 行与上一行接不上"; broken=1; fi
  before=$(printf '%s' "$line" | digest)
done < chain/chain.jsonl
last=$before
[ "$broken" -eq 0 ] && ok "$number 行依次相接"
if grep -x "segment-end [0-9]* $last" chain/proof.txt >/dev/null; then
  ok "最后一行与签名的证明一致"
else
  no "最后一行与签名的证明不符"
fi

echo "四、签名（Ed25519）是否成立"
if command -v openssl >/dev/null 2>&1; then
  for signed in chain/proof.txt SHA256SUMS; do
    if openssl pkeyutl -verify -pubin -inkey chain/public.pem -rawin -in "$signed" \
      -sigfile "$signed.sig" >/dev/null 2>"$tmp/error"; then
      ok "$signed"
    elif grep -i -e rawin -e "unknown option" -e unsupported "$tmp/error" >/dev/null; then
      skip "$signed：本机的 openssl 版本过旧，请用 3.0 以上版本"
    else
      no "$signed 的签名不成立"
    fi
  done
  if grep -x "key $(digest chain/public.pem)" chain/proof.txt >/dev/null; then
    printf '  公钥指纹：%s\n' "$(digest chain/public.pem)"
    echo "  请与监测单位公布的指纹核对：一致才说明这份佐证出自该单位。"
  else
    no "公钥与证明中所记的不是同一把"
  fi
else
  skip "本机没有 openssl，签名未核验"
fi

echo "五、第三方时间戳（RFC 3161）"
found=0
for token in chain/tokens/*.tsr; do
  [ -f "$token" ] || continue
  found=1
  stamped="${token%.tsr}.json"
  if ! grep -x -F -f "$stamped" chain/chain.jsonl >/dev/null; then
    no "$token 所盖的记录不在证据链中"
  fi
  if ! command -v openssl >/dev/null 2>&1; then skip "$token：本机没有 openssl"; continue; fi
  when=$(openssl ts -reply -in "$token" -text 2>/dev/null | sed -n 's/^Time stamp: //p')
  if [ -f chain/tokens/tsa-roots.pem ]; then
    if openssl ts -verify -data "$stamped" -in "$token" -CAfile chain/tokens/tsa-roots.pem \
      >/dev/null 2>&1; then
      ok "时间戳成立，机构证明的时间：$when"
    else
      no "$token 的时间戳不成立"
    fi
  else
    skip "$token：时间 $when；包内没有时间戳机构的根证书，请另行取得后核验"
  fi
done
[ "$found" -eq 0 ] && echo "  没有时间戳。"

echo
if [ "$bad" -ne 0 ]; then echo "结论：有 $bad 处问题，这份佐证不能采信。"; exit 1; fi
if [ "$skipped" -ne 0 ]; then echo "结论：已核验的部分全部通过，另有 $skipped 处未能核验。"; exit 0; fi
echo "结论：全部通过，佐证完整、未被改动。"
"""

README = """政务公开监测佐证包

certificate.pdf       取证单，可打印（没有浏览器的机器上导出的为 certificate.html）
seals/                每一次取证：网页截图（screenshot，原样）、加注图（marked）、网页内容、
                      应答头、事实记录（record.json）和清单（manifest.json）
replay/               网页存档（WACZ），可用 ReplayWeb.page 打开；searched.wacz 为查找过的页面
chain/                证据链中从首次取证起的一段、签名的证明、公钥、第三方时间戳
SHA256SUMS            包内全部文件的 SHA-256
verify.sh             核验脚本

如何核验：在本文件夹内运行

    sh verify.sh

只用到系统自带的 sha256sum 和 openssl，不需要联网。Windows 上可在 Git Bash 或 WSL 中运行。
也可以不用脚本：用任何工具算出文件的 SHA-256，与清单对照；清单的 SHA-256 在 chain/chain.jsonl 中；
该文件每一行的 prev 是上一行（不含换行符）的 SHA-256。
"""
