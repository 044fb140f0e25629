#!/bin/sh
# Construit l'image du commit extrait. Les arguments vont à « podman build » :
#   deploiement/conteneur/construire.sh --build-arg BASE=localhost/beffroi-base --build-context roues=/chemin/des/roues
# NOM : le nom de l'image (localhost/beffroi). PODMAN : la commande (podman).
set -eu

racine=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd -P)
nom=${NOM:-localhost/beffroi}
contexte=$(mktemp -d)
trap 'rm -rf "$contexte"' EXIT

cd "$racine"
git rev-parse --verify -q HEAD >/dev/null || {
  echo "construire.sh : $racine n'est pas un dépôt git. L'image se construit d'un commit, dont elle porte la date et le numéro." >&2
  exit 1
}
date=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}
version=$(sed -n 's/^version = "\(.*\)"/\1/p' pyproject.toml)
# Un commit, et non l'arbre : ni brouillon ni fichier oublié n'entre dans l'image.
git -c tar.umask=0022 archive HEAD | tar -x -C "$contexte"
${PODMAN:-podman} build --no-cache --timestamp "$date" --tag "$nom:$version" --tag "$nom" \
  --file "$contexte/deploiement/conteneur/Containerfile" \
  --build-arg VERSION="$version" --build-arg REVISION="$(git rev-parse HEAD)" \
  --build-arg CREE="$(date -u -d "@$date" +%Y-%m-%dT%H:%M:%SZ)" \
  "$@" "$contexte"
