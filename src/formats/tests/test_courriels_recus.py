"""Ce qu'un courriel dit, ce qu'il joint, et à qui l'on ne répond pas."""

import encodings
import pkgutil
import time
from email.message import EmailMessage
from encodings.aliases import aliases
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formats import courriels_recus
from formats.courriels_recus import CourrielIllisible, lire, sans_citation, texte_du_html


def courriel(texte="L'écran reste vide.", *, html="", pieces=(), **entetes) -> bytes:
    message = EmailMessage()
    message["From"] = entetes.pop("de", "Sophie Merlin <Sophie@Faitage.example>")
    message["Subject"] = entetes.pop("sujet", "Écran vide")
    message["Message-ID"] = "<1@faitage.example>"
    for nom, valeur in entetes.items():
        message[nom.replace("_", "-")] = valeur
    if texte:
        message.set_content(texte)
    if html:
        (message.add_alternative if texte else message.set_content)(html, subtype="html")
    for nom, octets in pieces:
        message.add_attachment(octets, maintype="application", subtype="octet-stream", filename=nom)
    return message.as_bytes()


def test_ce_qu_une_personne_ecrit():
    lu = lire(courriel(pieces=[("capture.png", b"\x89PNG")]))

    assert (lu.expediteur, lu.nom, lu.sujet) == (
        "sophie@faitage.example",
        "Sophie Merlin",
        "Écran vide",
    )
    assert lu.texte == "L'écran reste vide."
    assert [(piece.nom, piece.octets) for piece in lu.pieces] == [("capture.png", b"\x89PNG")]
    assert lu.identifiant == "<1@faitage.example>"
    assert lu.machine == ""


def test_la_reference_entre_crochets_retrouve_la_demande():
    assert lire(courriel(sujet="Re: [AS-7F3KPT2A] Écran vide")).reference == "AS-7F3KPT2A"
    assert lire(courriel(sujet="AS-7F3KPT2A")).reference == ""


def test_le_html_seul_ne_donne_que_ses_mots():
    page = (
        "<html><head><title>x</title><style>p{}</style></head><body><p>Bonjour,</p>"
        "<script>alarme()</script>"
        "<p>Le <b>bouton</b> ne r&eacute;pond pas.<br>Merci<img src=https://pisteur.example/p.gif>"
        "</p></body></html>"
    )
    assert texte_du_html(page) == "Bonjour,\n\nLe bouton ne répond pas.\nMerci"
    assert lire(courriel("", html=page)).texte == "Bonjour,\n\nLe bouton ne répond pas.\nMerci"


def test_le_texte_est_prefere_au_html():
    assert lire(courriel("En texte", html="<p>En page</p>")).texte == "En texte"


@pytest.mark.parametrize(
    "cite",
    [
        (
            "Le ven. 27 nov. 2026 à 10:12, Assistance <aide@cdg.example> a écrit :\n> "
            "Rechargez la page."
        ),
        "-----Message d'origine-----\nDe : Assistance\nRechargez la page.",
        "________________________________\nDe : Assistance\nRechargez la page.",
        "> Rechargez la page.",
    ],
)
def test_le_message_auquel_on_repond_ne_se_recopie_pas(cite):
    assert sans_citation(f"Toujours vide.\n\n{cite}\n") == "Toujours vide."


def test_une_reponse_ecrite_dans_la_citation_ne_se_perd_pas():
    seule = (
        "Le ven. 27 nov. 2026 à 10:12, Assistance <aide@cdg.example> a écrit :\n> Rechargez\nFait, "
        "sans effet."
    )
    assert "Fait, sans effet." in sans_citation(seule)


@pytest.mark.parametrize(
    ("entetes", "raison"),
    [
        ({"Auto_Submitted": "auto-replied"}, "automatique"),
        ({"Auto_Submitted": "auto-generated; owner=x"}, "automatique"),
        ({"Precedence": "auto_reply"}, "absence"),
        ({"X_Autoreply": "yes"}, "absence"),
        ({"Return_Path": "<>"}, "non-remise"),
        ({"X_Beffroi_Reference": "C-1"}, "boucle"),
        ({"de": "MAILER-DAEMON@relais.example"}, "non-remise"),
        ({"de": "aide@cdg.example"}, "boucle"),
    ],
)
def test_rien_ne_se_garde_d_une_boucle(entetes, raison):
    assert raison in lire(courriel(**entetes), nos_adresses=frozenset({"aide@cdg.example"})).machine


@pytest.mark.parametrize(
    ("entetes", "raison"),
    [
        ({"Precedence": "bulk"}, "nombre"),
        ({"Precedence": "list"}, "nombre"),
        ({"List_Id": "<liste.example>"}, "liste"),
        ({"X_Auto_Response_Suppress": "All"}, "Suppress"),
        ({"de": "noreply@mairie.example"}, "ne lit pas"),
    ],
)
def test_ce_qu_une_personne_a_pu_ecrire_se_garde_sans_reponse_d_office(entetes, raison):
    lu = lire(courriel(**entetes))

    assert (lu.machine, raison in lu.sans_reponse) == ("", True)


@pytest.mark.parametrize(
    "entetes", [{}, {"Auto_Submitted": "no"}, {"X_Auto_Response_Suppress": "None"}]
)
def test_a_une_personne_on_repond(entetes):
    lu = lire(courriel(**entetes))

    assert (lu.machine, lu.sans_reponse) == ("", "")


def test_ce_qui_n_est_pas_lu_dit_pourquoi(monkeypatch):
    with pytest.raises(CourrielIllisible, match="qui l'envoie"):
        lire(b"Subject: rien\n\nBonjour")
    with pytest.raises(CourrielIllisible, match="qui l'envoie"):
        lire(b"From: " + b"a" * 250 + b"@b.example\n\nBonjour")
    with pytest.raises(CourrielIllisible, match="mal formé"):
        lire(
            b"From: a@b.example\n"
            + b"".join(
                b"Content-Type: multipart/mixed; boundary=%d\n\n--%d\n" % (n, n)
                for n in range(2000)
            )
        )
    with pytest.raises(CourrielIllisible, match="parties"):
        lire(courriel(pieces=[(f"{n}.txt", b"x") for n in range(120)]))
    monkeypatch.setattr(courriels_recus, "OCTETS_AU_PLUS", 100)
    with pytest.raises(CourrielIllisible, match="60 Mo"):
        lire(courriel())


def test_un_jeu_de_signes_inconnu_se_lit_quand_meme():
    brut = b"From: a@b.example\nContent-Type: text/plain; charset=martien\n\n\xc3\xa9t\xc3\xa9"
    assert lire(brut).texte == "été"


@settings(max_examples=200)
@given(st.binary(max_size=400))
def test_n_importe_quels_octets_se_lisent_ou_se_refusent_d_une_phrase(suite):
    try:
        lu = lire(b"From: a@b.example\n" + suite)
    except CourrielIllisible as refus:
        assert str(refus).endswith(".")
    else:
        assert "\0" not in lu.texte + lu.sujet


CODECS = sorted(
    {
        *aliases,
        *aliases.values(),
        *(module.name for module in pkgutil.iter_modules(encodings.__path__)),
    }
)
HOSTILES = (b"bonjour +2AA-", b"bonjour \\ud800 \\x00", b"xn--a\xff\x00\xed\xa0\x80")
OU_LE_JEU_SE_DIT = {
    "texte": "From: a@b.example\nContent-Type: text/plain; charset={jeu}\n"
    "Content-Transfer-Encoding: quoted-printable\n\n{egal}",
    "sujet": "From: a@b.example\nSubject: =?{jeu}?q?{egal}?=\n\nx",
    "nom": "From: =?{jeu}?q?{egal}?= <a@b.example>\n\nx",
    "fichier": (
        "From: a@b.example\nContent-Disposition: attachment; filename*={jeu}''{pour_cent}\n\nx"
    ),
    "nom du fichier": 'From: a@b.example\nContent-Type: image/png; name="=?{jeu}?q?{egal}?="\n\nx',
    "charset": "From: a@b.example\nContent-Type: text/plain; charset*={jeu}''{pour_cent}\n\nx",
    "boundary": (
        "From: a@b.example\nContent-Type: multipart/mixed; boundary*={jeu}''{pour_cent}\n\nx"
    ),
}


def _lu_ou_refuse(brut: bytes) -> str:
    """Tout ce qui s'en gardera ; vide, s'il est refusé d'une phrase."""
    try:
        lu = lire(brut)
    except CourrielIllisible:
        return ""
    return "".join(
        (
            lu.texte,
            lu.sujet,
            lu.nom,
            lu.expediteur,
            lu.identifiant,
            *(piece.nom for piece in lu.pieces),
        )
    )


@pytest.mark.parametrize("ou", OU_LE_JEU_SE_DIT)
def test_aucun_jeu_de_signes_n_arrete_la_lecture_ni_ne_rend_ce_que_la_base_refuse(ou):
    """Tous ceux que connaît Python,
    dont ceux qui ne sont pas des textes (`idna`, `undefined`, `bz2`).
    """
    assert len(CODECS) > 400
    for jeu, octets in product(CODECS, HOSTILES):
        egal, pour_cent = ("".join(f"{signe}{octet:02X}" for octet in octets) for signe in "=%")
        garde = _lu_ou_refuse(
            OU_LE_JEU_SE_DIT[ou].format(jeu=jeu, egal=egal, pour_cent=pour_cent).encode()
        )
        assert garde.encode("utf-8", "replace").decode() == garde and "\0" not in garde, jeu


def test_un_jeu_illisible_ne_perd_ni_le_texte_ni_le_fichier():
    texte = lire(b"From: a@b.example\nContent-Type: text/plain; charset=idna\n\nbonjour..")
    joint = lire(
        b"From: a@b.example\nContent-Disposition: attachment; filename*=utf-7''%2B2AA-\n\nx"
    )

    assert texte.texte == "bonjour.."
    assert [piece.octets for piece in joint.pieces] == [b"x"]


@pytest.mark.parametrize(
    "brut",
    [
        b"From: a@b.example\nContent-Type: text/plain" + b";a=" * 200_000 + b"\n\nx",
        b"From: a@b.example\nSubject: " + b"=?utf-8?q?a?= " * 200_000 + b"\n\nx",
        b"From: a@b.example\n\n" + b"\n" * 2_000_000,
        b"From: a@b.example\nContent-Type: text/html\n\n" + b"<!--" * 1_000_000,
    ],
)
def test_un_courriel_demesure_se_lit_vite(brut):
    depuis = time.monotonic()
    lire(brut)
    assert time.monotonic() - depuis < 10


def test_une_declaration_html_fausse_laisse_lire_ce_qui_precede():
    assert texte_du_html("<p>Bonjour</p><![x[ fin") == "Bonjour"
