#!/bin/sh
# L'image de base sans aucun dépôt d'images : Debian 13 minimale, tirée des paquets signés. À lancer en root.
#   deploiement/conteneur/base.sh            localhost/beffroi-base
# NOM : le nom de l'image. PODMAN : la commande (podman). SOURCE_DATE_EPOCH : la date de tout ce qu'elle contient.
set -eu

nom=${NOM:-localhost/beffroi-base}
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-0}
export SOURCE_DATE_EPOCH
dossier=$(mktemp -d)
trap 'rm -rf "$dossier"' EXIT

command -v mmdebstrap >/dev/null || { echo "base.sh : il faut mmdebstrap (Debian : apt-get install mmdebstrap)." >&2; exit 1; }
mmdebstrap --quiet --variant=minbase \
  --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/locale/*' \
  --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-include=/usr/share/doc/*/copyright' \
  trixie "$dossier/base.tar"
# « import » daterait l'image de l'instant ; construite, elle prend la date demandée.
printf 'FROM scratch\nADD base.tar /\nCMD ["bash"]\n' >"$dossier/Containerfile"
${PODMAN:-podman} build --quiet --timestamp "$SOURCE_DATE_EPOCH" --tag "$nom" "$dossier"
