#!/usr/bin/env bash
# A fresh Debian of another release in a folder, with the package sources this machine reaches; as root, with debootstrap.
#   debian_tree.sh make TREE SUITE          unpack it (a minute or two), or do nothing where it stands
#   debian_tree.sh run TREE COMMAND         run a shell command inside, with an environment of its own
#   debian_tree.sh leave TREE               undo the mounts of a run that was killed
set -euo pipefail
verb=$1 tree=$2
shift 2

sources() { cat /etc/apt/sources.list.d/*.sources /etc/apt/sources.list 2>/dev/null || true; }
mirror() { sources | awk '/^URIs:/ { print $2; exit } /^deb / { for (i = 2; i <= NF; i++) if ($i ~ /^http/) { print $i; exit } }'; }

mount_in() {
    mountpoint -q "$tree/proc" || mount -t proc proc "$tree/proc"
    mountpoint -q "$tree/sys" || mount --rbind --make-rslave /sys "$tree/sys"
    mountpoint -q "$tree/dev" || mount --rbind --make-rslave /dev "$tree/dev"
}
mount_out() {
    local name
    for name in dev sys proc; do
        if mountpoint -q "$tree/$name"; then umount -l "$tree/$name"; fi
    done
}

# What stands between this machine and the package sources (a proxy, its certificate) stands there too. Folders of
# packages that only this machine has do not: a stranger has none.
copy_access() {
    echo "deb $(mirror) $1 main" >"$tree/etc/apt/sources.list"
    rm -f "$tree"/etc/apt/sources.list.d/*
    local file
    for file in /etc/apt/apt.conf.d/*; do
        if grep -q -E 'Acquire|Proxy' "$file"; then cp "$file" "$tree/etc/apt/apt.conf.d/"; fi
    done
    if [ -f /etc/pip.conf ]; then cp /etc/pip.conf "$tree/etc/pip.conf"; fi
    cp -L /etc/ssl/certs/ca-certificates.crt "$tree/etc/ssl/certs/ca-certificates.crt"
    cp -L /etc/resolv.conf /etc/hosts "$tree/etc/"
    # Services are not started in a tree.
    printf '#!/bin/sh\nexit 101\n' >"$tree/usr/sbin/policy-rc.d"
    chmod +x "$tree/usr/sbin/policy-rc.d"
}

case $verb in
make)
    suite=$1 script=sid
    if [ -e "$tree/etc/ready-for-tests" ]; then exit 0; fi
    if [ -e "/usr/share/debootstrap/scripts/$suite" ]; then script=$suite; fi
    # Half a tree, of a run that was stopped, cannot be gone on with.
    mount_out
    rm -rf --one-file-system "$tree"
    mkdir -p "$tree"
    debootstrap --variant=minbase --include=git,make,python3,ca-certificates "$suite" "$tree" "$(mirror)" "$script"
    copy_access "$suite"
    touch "$tree/etc/ready-for-tests"
    ;;
run)
    kept=()
    while IFS= read -r line; do kept+=("$line"); done < <(env | grep -E \
        '^(https?_proxy|HTTPS?_PROXY|no_proxy|NO_PROXY|PIP_(INDEX_URL|CERT|TRUSTED_HOST)|SSL_CERT_(FILE|DIR)|REQUESTS_CA_BUNDLE|CURL_CA_BUNDLE|OPENBLAS_[A-Z0-9_]+)=' || true)
    # One run at a time: the first to end would take the other's mounts away.
    exec 9>"$tree/etc/ready-for-tests"
    flock 9
    mount_in
    trap mount_out EXIT
    chroot "$tree" /usr/bin/env -i HOME=/root PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
        TERM=dumb LANG=C.UTF-8 "${kept[@]}" PIP_CERT=/etc/ssl/certs/ca-certificates.crt /bin/bash -c "$1" </dev/null
    ;;
leave) mount_out ;;
*)
    echo "debian_tree.sh: make, run or leave" >&2
    exit 2
    ;;
esac
