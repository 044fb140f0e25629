"""Les cinq réponses de l'installation, et les fichiers qui en viennent.

L'installation entière, sur une Debian nue : `tests/serveurs/test_installation_a_froid.py`.
"""

import socket
import subprocess
from argparse import Namespace
from pathlib import Path

import pytest

from beffroi.commandes.cli import installer
from beffroi.commandes.cli.erreurs import ErreurDeCommande
from beffroi.commandes.cli.installation import choix, demandes, epreuves, frontal, reglages
from beffroi.commandes.cli.installation.choix import Certificat, Horodatage, Organisme, Smtp

REPONSES = {
    "site": "marches.exemple.fr",
    "organisme": "Centre de gestion de l'exemple, 286 200 019 00011",
    "administrateur": "Anne Martin <anne.martin@exemple.fr>",
    "courriel": "smtp.exemple.fr",
    "horodatage": "https://tsa.exemple.fr /root/racines.pem",
    "base": "ici",
    "certificat": "automatique",
}


def lus(**autres: str) -> choix.Choix:
    return choix.lire({**REPONSES, **autres})


@pytest.mark.parametrize(
    ("question", "texte", "attendu"),
    [
        ("site", "https://Marches.Exemple.fr/", "marches.exemple.fr"),
        ("site", "Marches.exemple.fr.", "marches.exemple.fr"),
        ("organisme", "CDG, du Nord,28620001900011", Organisme("CDG, du Nord", "28620001900011")),
        ("courriel", "smtp.exemple.fr", Smtp("smtp.exemple.fr", 25)),
        ("courriel", "aucun", None),
        ("courriel", "cdg:p@ss:e@smtp.fr", Smtp("smtp.fr", 587, "cdg", "p@ss:e")),
        ("horodatage", "aucun", None),
        (
            "horodatage",
            "https://a.fr,https://b.fr /root/r.pem",
            Horodatage("https://a.fr,https://b.fr", Path("/root/r.pem")),
        ),
        ("certificat", "/c.pem /k.pem", Certificat(Path("/c.pem"), Path("/k.pem"))),
        ("base", "postgresql://b:x@base/beffroi", "postgresql://b:x@base/beffroi"),
    ],
)
def test_une_reponse_se_lit(question, texte, attendu):
    assert choix.TOUTES[question].lire(texte) == attendu


@pytest.mark.parametrize(
    ("question", "texte", "quoi_faire"),
    [
        ("site", "marches", "Écrivez-le en entier"),
        ("site", "10.0.0.1", "Écrivez-le en entier"),
        ("site", "-a.exemple.fr", "Écrivez-le en entier"),
        ("site", "marches.test", "de votre domaine"),
        ("organisme", "Centre de gestion", "une virgule, le SIRET"),
        ("organisme", "Centre de gestion, 28620001900012", "un chiffre est faux"),
        ("administrateur", "anne.martin@exemple.fr", "Écrivez le nom"),
        ("administrateur", "Anne <anne.exemple.fr>", "Écrivez le nom"),
        ("courriel", "compte@smtp.exemple.fr", "compte:mot-de-passe"),
        ("courriel", "smtp.exemple.fr:465", "le port 587"),
        ("horodatage", "https://tsa.exemple.fr", "le fichier PEM"),
        ("base", "mysql://b@base/beffroi", "postgresql://"),
        ("base", "postgresql://base", "postgresql://"),
        ("certificat", "chaine.pem", "deux fichiers"),
    ],
)
def test_une_reponse_refusee_dit_quoi_ecrire(question, texte, quoi_faire):
    with pytest.raises(choix.ChoixIllisible, match=quoi_faire):
        choix.TOUTES[question].lire(texte)


def test_un_mot_de_passe_ne_se_repete_pas_dans_un_refus():
    for question in ("courriel", "base"):
        with pytest.raises(choix.ChoixIllisible) as refus:
            choix.TOUTES[question].lire("cdg:tres-secret@un hote")

        assert "tres-secret" not in str(refus.value)


def test_un_serveur_de_courriel_qui_n_ecoute_pas_est_refuse():
    with socket.socket() as ferme:
        ferme.bind(("127.0.0.1", 0))
        with pytest.raises(choix.ChoixIllisible, match="ne répond pas au port"):
            epreuves.eprouver(Smtp("127.0.0.1", ferme.getsockname()[1]))


def test_un_serveur_de_courriel_qui_ecoute_est_admis():
    with socket.create_server(("127.0.0.1", 0)) as ouvert:
        epreuves.eprouver(Smtp("127.0.0.1", ouvert.getsockname()[1]))


def test_des_racines_ou_un_certificat_qui_ne_se_lisent_pas_sont_refuses(tmp_path):
    (tmp_path / "rien.pem").write_text("ce n'est pas un certificat", "utf-8")

    for faux in (
        Horodatage("https://tsa.fr", tmp_path / "rien.pem"),
        Horodatage("https://tsa.fr", tmp_path / "absent.pem"),
        Certificat(tmp_path / "rien.pem", tmp_path / "rien.pem"),
    ):
        with pytest.raises(choix.ChoixIllisible, match=r"rien\.pem|absent\.pem"):
            epreuves.eprouver(faux)


def test_des_reponses_ecrites_se_relisent(tmp_path):
    fichier = tmp_path / "choix.toml"
    fichier.write_text(demandes.en_toml({**REPONSES, "courriel": 'a:"\\é$@h'}), "utf-8")

    assert demandes.lire_un_fichier(fichier) == {**REPONSES, "courriel": 'a:"\\é$@h'}


@pytest.mark.parametrize("texte", ["site = marches", 'sitte = "marches.exemple.fr"', "site = 3"])
def test_un_fichier_de_reponses_fautif_se_dit(tmp_path, texte):
    (tmp_path / "choix.toml").write_text(texte, "utf-8")

    with pytest.raises(ErreurDeCommande, match=r"choix\.toml"):
        demandes.lire_un_fichier(tmp_path / "choix.toml")


def test_les_options_l_emportent_sur_le_fichier(tmp_path):
    (tmp_path / "c.toml").write_text('site = "a.exemple.fr"\nbase = "ici"', "utf-8")
    options = Namespace(**dict.fromkeys(choix.TOUTES), choix=tmp_path / "c.toml")
    options.site = "b.exemple.fr"

    assert demandes.donnes(options) == {"site": "b.exemple.fr", "base": "ici"}


def test_ce_qui_est_connu_ne_se_redemande_pas():
    assert demandes.reunir(connus=REPONSES, nouveaux={}) == REPONSES


def test_sans_personne_pour_repondre_ce_qui_manque_est_nomme():
    connus = {nom: texte for nom, texte in REPONSES.items() if nom not in ("site", "courriel")}

    with pytest.raises(ErreurDeCommande, match="il manque site, courriel"):
        demandes.reunir(connus=connus, nouveaux={})


def test_la_base_d_une_installation_ne_se_change_pas():
    with pytest.raises(ErreurDeCommande, match="ne se change pas ainsi"):
        demandes.exiger_la_meme_base(connus=REPONSES, nouveaux={"base": "sqlite"})
    demandes.exiger_la_meme_base(connus=REPONSES, nouveaux={"base": "ici"})


def test_les_reglages_d_une_machine_neuve():
    texte = reglages.completer("", lus(), dits=REPONSES)

    assert "BEFFROI_ADRESSE=https://marches.exemple.fr\n" in texte
    assert "BEFFROI_EXPEDITEUR=ne-pas-repondre@exemple.fr\n" in texte
    assert 'BEFFROI_EXPLOITANT="Centre de gestion de l\'exemple"\n' in texte
    assert "BEFFROI_SMTP_TLS=non\n" in texte


def test_un_essai_ne_dit_ni_serveur_de_courriel_ni_horodatage():
    texte = reglages.completer("", lus(courriel="aucun", horodatage="aucun"), dits=REPONSES)

    assert "BEFFROI_COURRIEL=fichiers\n" in texte
    assert "BEFFROI_SANS_HORODATAGE_QUALIFIE=oui\n" in texte
    assert "BEFFROI_TSA" not in texte


def test_ce_que_l_exploitant_a_change_reste():
    avant = reglages.completer("", lus(), dits=REPONSES).replace("=25\n", "=2525\n")
    avant += "BEFFROI_TELEPHONE=03 21 00 00 00\n"

    assert reglages.completer(avant, lus(), dits=()) == avant


def test_ce_que_l_on_vient_de_dire_l_emporte_sauf_le_nom_du_registre():
    avant = reglages.completer("", lus(), dits=REPONSES)

    apres = reglages.completer(avant, lus(site="achats.exemple.fr"), dits={"site"})

    assert "BEFFROI_HOTES=achats.exemple.fr\n" in apres
    assert "BEFFROI_JOURNAL_ORIGINE=marches.exemple.fr/journal\n" in apres
    assert len(apres.splitlines()) == len(avant.splitlines())


def test_une_base_mal_donnee_se_corrige_avant_d_avoir_servi():
    avant = reglages.completer("", lus(base="postgresql://b@rien/b"), dits=REPONSES)

    apres = reglages.completer(avant, lus(base="sqlite"), dits={"base"}, figes=())

    assert "BEFFROI_BASE_DE_DONNEES=\n" in apres


def test_avant_d_avoir_servi_le_nom_du_registre_suit_celui_du_site():
    avant = reglages.completer("", lus(), dits=REPONSES)

    apres = reglages.completer(avant, lus(site="achats.exemple.fr"), dits={"site"}, figes=())

    assert "BEFFROI_JOURNAL_ORIGINE=achats.exemple.fr/journal\n" in apres


@pytest.mark.parametrize("valeur", ["l'exemple", 'a"b', r"a\b", "$HOME", "`id`", "a b", "é#", ""])
def test_une_valeur_se_relit_telle_quelle(tmp_path, valeur):
    """Les guillemets de systemd sont ceux du shell, qui relit donc le fichier."""
    (tmp_path / "r.env").write_text(f"V={reglages.entre_guillemets(valeur)}\n", "utf-8")
    lu = subprocess.run(
        ["sh", "-c", '. "$1"; printf %s "$V"', "sh", tmp_path / "r.env"],
        capture_output=True,
        text=True,
        check=True,
    )

    assert lu.stdout == valeur


def test_une_valeur_ne_fait_pas_deux_reglages():
    with pytest.raises(ErreurDeCommande, match="une ligne"):
        reglages.entre_guillemets("Centre\nBEFFROI_DEMONSTRATION=oui")


def test_caddy_recoit_le_nom_le_certificat_et_son_age():
    assert reglages.de_caddy(lus(certificat="interne"), est_ancien=True) == (
        "[Service]\nEnvironment=BEFFROI_NOM=marches.exemple.fr\n"
        "Environment=BEFFROI_CERTIFICAT=internal\nEnvironment=BEFFROI_TAMPON=tampon_2_6\n"
    )
    assert "BEFFROI_CERTIFICAT" not in reglages.de_caddy(lus(), est_ancien=False)


def test_le_site_de_nginx_est_celui_de_deploiement_au_nom_pres():
    d_origine = (frontal.DEPLOIEMENT / "nginx" / "beffroi.conf").read_text("utf-8")

    texte = frontal.site_de_nginx("achats.exemple.com")

    assert texte.replace("achats.exemple.com", "marches.exemple.fr") == d_origine
    assert texte.count("server_name achats.exemple.com;") == 2


def test_une_etape_qui_echoue_se_nomme_et_arrete_la_suite(capsys):
    faites = []

    def casser(_):
        raise ErreurDeCommande("le disque est plein")

    suite = [("un", faites.append), ("deux", casser), ("trois", faites.append)]
    with pytest.raises(ErreurDeCommande, match="l'étape 2, « deux », n'a pas abouti : le disque"):
        installer.parcourir(suite, None)

    assert len(faites) == 1
    assert capsys.readouterr().out == "[1/3] un\n[2/3] deux\n"


def test_le_bilan_d_une_installation_complete_ne_laisse_rien_a_faire():
    assert installer.bilan(lus(), minutes=3).endswith("reste à faire : rien")


def test_le_bilan_d_un_essai_dit_ce_qui_manque():
    essai = lus(courriel="aucun", horodatage="aucun", certificat="interne")

    restes = installer.bilan(essai, minutes=3).partition("reste à faire :")[2]

    assert [f"--{nom}" in restes for nom in ("courriel", "horodatage", "certificat")] == [True] * 3
