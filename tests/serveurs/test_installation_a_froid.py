"""Une Debian nue, et la page de l'installation suivie à la lettre."""

import json
import re
import shlex
import socket
import ssl

import pytest

from tests.architecture.arbre import RACINE
from tests.plateforme import attendre
from tests.serveurs.debian_nue import depot_a_cloner, une_machine
from tests.serveurs.podman import PodmanAbsent, exiger_podman, image_de_debian, podman

PAGE = RACINE / "docs" / "exploitants" / "installer.md"
UNITES = ("beffroi@serve", "beffroi@worker", "beffroi@sonde", "beffroi-sauvegarde")
SITE = "marches.cdg-essai.fr"
REPONSES = [
    "marches",  # refusée : elle se redemande
    SITE,
    "Centre de gestion de l'exemple, 286 200 019 00011",
    "Anne Martin <anne.martin@cdg-essai.fr>",
    "aucun",
    "aucun",
]
IMAGE = "localhost/beffroi-essai-debian-nue"
# Chaque jour, les réponses et les fichiers posés : `commandes/cli/tests/test_installer.py`.
pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def nue(tmp_path_factory):
    """L'image d'une Debian où rien n'est installé, et le dépôt à cloner."""
    try:
        exiger_podman("git")
    except PodmanAbsent as absent:
        pytest.skip(f"{absent} L'installation à froid n'a pas été jouée.")
    dossier = tmp_path_factory.mktemp("nue")
    depots = dossier / "depots"
    adresse = depot_a_cloner(depots)
    yield image_de_debian(IMAGE, dossier, variante="important"), depots, adresse
    podman("rmi", "--force", IMAGE)


@pytest.fixture(scope="module")
def machine(nue):
    image, depots, _ = nue
    with une_machine(image, depots, site=SITE) as machine:
        yield machine


@pytest.fixture(scope="module")
def installee(machine, nue):
    """Les commandes de la page, tapées une à une ; ce que la dernière a dit."""
    commandes = commandes_de_la_page(nue[2])
    for commande in commandes[:-1]:
        code, dit = machine.taper(commande)
        assert code == 0, dit
    # Ni nom public ni autorité du monde ici : celle de Caddy, que la page donne pour un essai.
    code, dit = machine.taper(f"{commandes[-1]} --certificat interne", REPONSES)
    assert code == 0, dit
    return dit


def commandes_de_la_page(depot: str) -> list[str]:
    texte = PAGE.read_text("utf-8").partition("## Mettre en service : une commande")[2]
    [bloc] = re.findall(r"```sh\n(.+?)```", texte, re.S)[:1]
    return [ligne.replace("ADRESSE_DU_DÉPÔT", depot) for ligne in bloc.splitlines()]


def page_en_https(machine, confiance: str, chemin: str) -> str:
    """Du dehors : le port publié, le nom du site, et l'autorité donnée."""
    contexte = ssl.create_default_context(cadata=confiance)
    with socket.create_connection(("127.0.0.1", machine.port), timeout=10) as liaison:
        with contexte.wrap_socket(liaison, server_hostname=SITE) as chiffree:
            assert chiffree.version() == "TLSv1.3"
            demande = f"GET {chemin} HTTP/1.1\r\nHost: {SITE}\r\nConnection: close\r\n\r\n"
            chiffree.sendall(demande.encode())
            return b"".join(iter(lambda: chiffree.recv(65536), b"")).decode()


def attendre_le_site(machine, confiance: str) -> None:
    """L'installation l'a vu répondre ; sur une machine très chargée, il peut manquer un instant."""
    attendre(lambda: " 200 OK" in page_en_https(machine, confiance, "/pret"), delai_s=60)


def autorite_de_caddy(machine) -> str:
    return machine.dire("cat /var/lib/caddy/.local/share/caddy/pki/authorities/local/root.crt")


def test_la_page_suivie_le_site_repond_en_https(installee, machine):
    assert f"https://{SITE} répond." in installee
    assert f"https://{SITE}/compte/invitation/" in installee
    attendre_le_site(machine, autorite_de_caddy(machine))


def test_elle_ne_pose_que_cinq_questions_et_redemande_ce_qui_ne_se_lit_pas(installee):
    assert re.findall(r"^(\d)/5  ", installee, re.M) == ["1", "2", "3", "4", "5"]
    assert "« marches » n'est pas un nom de site" in installee


def test_les_fichiers_poses_sont_ceux_de_deploiement(installee, machine):
    for paire in (
        "/etc/systemd/system/beffroi@.service systemd/beffroi@.service",
        "/etc/systemd/system/beffroi-sauvegarde.timer systemd/beffroi-sauvegarde.timer",
        "/etc/caddy/Caddyfile caddy/Caddyfile",
        "/usr/local/sbin/beffroi commande/beffroi",
    ):
        pose, source = paire.split()
        machine.dire(f"cmp {pose} /opt/beffroi/deploiement/{source}")


def test_les_secrets_ne_sont_qu_a_root_et_les_donnees_qu_au_service(installee, machine):
    droits = machine.dire(
        "stat -c '%a %U %n' /etc/beffroi/*.env /etc/beffroi/*.toml /var/lib/beffroi"
    )

    assert "600 root /etc/beffroi/beffroi.env" in droits
    assert "600 root /etc/beffroi/choix.toml" in droits
    assert "700 beffroi /var/lib/beffroi" in droits


def test_les_services_sont_enfermes(installee, machine):
    """Sur dix ; moins, c'est mieux."""
    dites = machine.dire(f"systemd-analyze security --no-pager --json=short {UNITES[0]}.service")
    assert json.loads(dites)

    for unite in UNITES:
        machine.dire(f"systemd-analyze security --no-pager --threshold=20 {unite}.service")


def test_la_sonde_depose_par_le_site_qui_vient_de_naitre(installee, machine):
    assert "déposé, " in machine.dire("beffroi sonde --une-fois", delai_s=120)


def test_la_sauvegarde_de_la_nuit_va_ou_la_commande_l_a_dit(installee, machine):
    machine.dire("systemctl start beffroi-sauvegarde", delai_s=180)

    assert machine.dire("ls /srv/sauvegardes/*/sauvegarde.json")
    assert "/srv/sauvegardes" in installee


def test_relancee_elle_ne_demande_ni_ne_touche_rien(installee, machine):
    etat = (
        "systemctl show -P MainPID beffroi@serve caddy; cat /etc/beffroi/*.env /etc/caddy/Caddyfile"
    )
    etat += "; sha256sum /var/lib/beffroi/cles/*"
    avant = machine.dire(etat)

    code, dit = installer(machine)

    assert code == 0, dit
    assert "/5  " not in dit and "invitation" not in dit
    assert machine.dire(etat) == avant


def test_relancee_elle_repare(installee, machine):
    machine.dire("systemctl disable --now beffroi@serve caddy && rm /etc/caddy/Caddyfile")
    machine.dire("rm /etc/systemd/system/beffroi@.service && chmod 644 /etc/beffroi/beffroi.env")

    code, dit = installer(machine)

    assert code == 0, dit
    attendre_le_site(machine, autorite_de_caddy(machine))
    assert machine.dire("stat -c %a /etc/beffroi/beffroi.env") == "600"


def test_elle_repart_avec_la_machine(installee, machine):
    podman("restart", "--time", "60", machine.conteneur)
    machine.attendre_le_demarrage()
    for unite in (*UNITES[:3], "beffroi-sauvegarde.timer", "caddy"):
        machine.dire(f"systemctl is-enabled {unite}")

    assert installer(machine)[0] == 0
    attendre_le_site(machine, autorite_de_caddy(machine))


def test_une_etape_manquee_se_dit_et_se_reprend_avec_son_propre_certificat(nue, tmp_path):
    """Sans personne pour répondre : SQLite, nginx, un certificat à soi, et une base qui manque."""
    image, depots, adresse = nue
    with une_machine(image, depots, site=SITE) as machine:
        for commande in commandes_de_la_page(adresse)[:-1]:
            machine.taper(commande)
        machine.dire(
            "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 "
            f"-subj /CN={SITE} -addext subjectAltName=DNS:{SITE} "
            "-keyout /root/c.key -out /root/c.pem"
        )
        sans_base = [
            "--base",
            "postgresql://b@127.0.0.1:1/b",
            "--certificat",
            "/root/c.pem /root/c.key",
        ]
        code, dit = installer(machine, *sans_base, *options_de(REPONSES[1:]))
        assert code == 1
        assert "l'étape 6, « la mise à jour de la base »" in dit and "relancez" in dit

        code, dit = installer(machine, "--base", "sqlite")

        assert code == 0 and "/5  " not in dit, dit
        attendre_le_site(machine, machine.dire("cat /root/c.pem"))
        machine.dire(
            "sed s/marches.exemple.fr/" + SITE + "/ /opt/beffroi/deploiement/nginx/beffroi.conf"
            " | cmp - /etc/nginx/conf.d/beffroi.conf"
        )


def installer(machine, *options):
    """La même commande, plus tard ; son code, et ce qu'elle a dit."""
    return machine.taper(shlex.join(["/opt/beffroi/beffroi", "installer", *options]))


def options_de(reponses):
    noms = ("site", "organisme", "administrateur", "courriel", "horodatage")
    return [
        mot for nom, reponse in zip(noms, reponses, strict=True) for mot in (f"--{nom}", reponse)
    ]
