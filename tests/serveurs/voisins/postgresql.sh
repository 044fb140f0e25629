#!/bin/sh
# Ce que fait l'image officielle, pour un compte et une base : POSTGRES_USER, POSTGRES_PASSWORD, POSTGRES_DB.
set -eu
export PGDATA=/var/lib/postgresql/data PATH="/usr/lib/postgresql/17/bin:$PATH"
en_postgres() { setpriv --reuid=postgres --regid=postgres --clear-groups "$@"; }

install -d -m 700 -o postgres -g postgres "$PGDATA"
if [ ! -s "$PGDATA/PG_VERSION" ]; then
  printf %s "$POSTGRES_PASSWORD" >/run/mot && chown postgres /run/mot
  en_postgres initdb -U "$POSTGRES_USER" --pwfile=/run/mot -A scram-sha-256 -E UTF8 --locale=C.UTF-8
  rm /run/mot
  echo 'host all all all scram-sha-256' >>"$PGDATA/pg_hba.conf"
  printf 'CREATE DATABASE "%s";\n' "$POSTGRES_DB" | en_postgres postgres --single -D "$PGDATA" postgres
fi
exec setpriv --reuid=postgres --regid=postgres --clear-groups postgres -D "$PGDATA" -c 'listen_addresses=*' -c unix_socket_directories=/tmp
