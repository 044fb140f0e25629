"""Les courriels reçus : une demande, sa suite, une machine, une boucle, quarante mégaoctets."""

import os
from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage

import pytest
from django.db import DatabaseError, OperationalError
from django.test import Client

from beffroi.centre.interventions.tests.theatre import agent, centre
from beffroi.personnes.comptes.tests.personnes import LUNDI, connecter
from beffroi.service.assistance import boite, queries
from beffroi.service.assistance.models import Demande, Message, PieceDeMessage
from beffroi.service.assistance.rules import demandes as regles
from beffroi.service.assistance.services import entrants
from beffroi.service.assistance.services.entrants import recevoir
from beffroi.service.assistance.services.reponses import repondre
from beffroi.socle.budgets.services import BudgetEpuise
from beffroi.socle.fondations import chiffrement
from beffroi.socle.fondations.erreurs import RegleEnfreinte
from beffroi.socle.fondations.models import Courriel

pytestmark = pytest.mark.django_db
SOPHIE = "sophie@faitage.example"


def courriel(
    texte="L'écran reste vide.", *, de=SOPHIE, sujet="Écran vide", numero="1", pieces=(), **entetes
) -> bytes:
    message = EmailMessage()
    message["From"], message["Subject"], message["Message-ID"] = (
        de,
        sujet,
        f"<{numero}@faitage.example>",
    )
    for nom, valeur in entetes.items():
        message[nom.replace("_", "-")] = valeur
    message.set_content(texte)
    for nom, octets in pieces:
        message.add_attachment(octets, maintype="image", subtype="png", filename=nom)
    return message.as_bytes()


def test_un_courriel_ouvre_une_demande_et_recoit_sa_promesse():
    demande = recevoir(courriel(pieces=[("écran.png", b"\x89PNG")]), maintenant=LUNDI)

    assert (demande.canal, demande.courriel, demande.sujet, demande.demandeur) == (
        "courriel",
        SOPHIE,
        "Écran vide",
        None,
    )
    piece = PieceDeMessage.objects.get()
    assert chiffrement.reprendre(piece.cle_de_stockage, sha256=piece.sha256) == b"\x89PNG"
    assert Courriel.objects.get().destinataire == SOPHIE


def test_le_meme_courriel_deux_fois_ne_compte_qu_une():
    recevoir(courriel(), maintenant=LUNDI)
    assert recevoir(courriel(), maintenant=LUNDI) is None
    assert (Demande.objects.count(), Message.objects.count(), Courriel.objects.count()) == (1, 1, 1)


def test_repondre_a_notre_courriel_continue_la_demande():
    demande = recevoir(courriel(), maintenant=LUNDI)
    samir = agent(centre(), "Samir Technicien", "technicien")
    repondre(demande=demande, texte="Rechargez.", suite="resoudre", par=samir, maintenant=LUNDI)
    sujet = f"Re: [{demande.reference}] Écran vide"
    suite = (
        "Toujours vide.\n\nLe lun. 2 nov. 2026 à 9:00, "
        "Assistance <aide@cdg.example> a écrit :\n> Rechargez."
    )

    recevoir(courriel(suite, sujet=sujet, numero="2"), maintenant=LUNDI)
    demande.refresh_from_db()
    assert demande.etat == "recue"
    assert [message.texte for message in queries.fil(demande, au_centre=False)][
        -1
    ] == "Toujours vide."


def test_nul_n_ecrit_dans_la_demande_d_un_autre():
    demande = recevoir(courriel(), maintenant=LUNDI)
    autre = recevoir(
        courriel(
            "Moi aussi", de="zoe@zingueurs.example", sujet=f"[{demande.reference}]", numero="2"
        ),
        maintenant=LUNDI,
    )

    assert autre.pk != demande.pk
    assert demande.messages.count() == 1


@pytest.mark.parametrize(
    "entetes", [{"Auto_Submitted": "auto-replied"}, {"X_Beffroi_Reference": "C-1"}]
)
def test_une_machine_n_ouvre_rien_et_ne_recoit_rien(entetes):
    assert recevoir(courriel(**entetes), maintenant=LUNDI) is None
    assert not Demande.objects.exists() and not Courriel.objects.exists()


def test_l_un_de_nos_courriels_revenu_sans_ses_en_tetes_n_ouvre_rien():
    recevoir(courriel(), maintenant=LUNDI)
    accuse = Courriel.objects.get()
    revenu = courriel("Bien reçu", numero="x").replace(
        b"<x@faitage.example>", f"<{accuse.reference}@beffroi>".encode()
    )

    assert recevoir(revenu, maintenant=LUNDI) is None
    assert Demande.objects.count() == 1


def ecrire_a_la_suite(*, depuis=0, jusqu_a, le=LUNDI):
    for rang in range(depuis, jusqu_a):
        recevoir(
            courriel(f"Message n° {rang}", sujet=f"Ticket {rang}", numero=str(rang)), maintenant=le
        )


def test_deux_robots_qui_se_repondent_s_arretent():
    """Une boucle que rien n'annonce : chacun de nos accusés revient comme un courriel nouveau.

    Ce qui s'arrête, c'est nous.
    """
    ecrire_a_la_suite(jusqu_a=10)
    assert Courriel.objects.count() == 10

    ecrire_a_la_suite(depuis=10, jusqu_a=15)
    assert (Courriel.objects.count(), Demande.objects.count()) == (10, 15)
    ecrire_a_la_suite(depuis=15, jusqu_a=16, le=LUNDI + timedelta(hours=1))
    assert Courriel.objects.count() == 11


@pytest.mark.moteurs
def test_au_dela_de_vingt_demandes_ouvertes_la_suite_s_ajoute_a_la_derniere():
    ecrire_a_la_suite(jusqu_a=21)

    assert Demande.objects.count() == 20
    derniere = Demande.objects.order_by("pk").last()
    assert [message.texte for message in derniere.messages.all()] == [
        "Message n° 19",
        "Objet : Ticket 20\n\nMessage n° 20",
    ]


def test_au_dela_de_soixante_courriels_en_une_heure_le_courriel_est_de_trop():
    ecrire_a_la_suite(jusqu_a=60)

    with pytest.raises(RegleEnfreinte, match="60 courriels en une heure"):
        ecrire_a_la_suite(depuis=60, jusqu_a=61)
    recevoir(courriel(de="zoe@zingueurs.example", numero="z"), maintenant=LUNDI)
    ecrire_a_la_suite(depuis=60, jusqu_a=61, le=LUNDI + timedelta(hours=1))
    assert Message.objects.count() == 62


def test_au_dela_de_soixante_quatre_en_huit_heures_une_adresse_laisse_leur_place_aux_autres():
    ecrire_a_la_suite(jusqu_a=60)
    ecrire_a_la_suite(depuis=60, jusqu_a=64, le=LUNDI + timedelta(hours=2))

    with pytest.raises(RegleEnfreinte, match="64 courriels en huit heures"):
        ecrire_a_la_suite(depuis=64, jusqu_a=65, le=LUNDI + timedelta(hours=4))
    recevoir(courriel(de="zoe@zingueurs.example", numero="z"), maintenant=LUNDI)
    ecrire_a_la_suite(depuis=65, jusqu_a=66, le=LUNDI + timedelta(hours=8))
    assert Message.objects.count() == 66


def test_au_dela_de_ce_que_tous_ecrivent_ensemble_un_courriel_attend_sa_place(monkeypatch):
    monkeypatch.setattr(regles, "COURRIELS_RECUS", replace(regles.COURRIELS_RECUS, en_tout=1))
    recevoir(courriel(), maintenant=LUNDI)

    with pytest.raises(BudgetEpuise, match="Trop de personnes"):
        recevoir(courriel(de="zoe@zingueurs.example", numero="z"), maintenant=LUNDI)
    recevoir(
        courriel(de="zoe@zingueurs.example", numero="z"), maintenant=LUNDI + timedelta(hours=8)
    )
    assert Message.objects.count() == 2


@pytest.mark.parametrize(
    "entetes",
    [{"List_Id": "<mairies.example>"}, {"Precedence": "list"}, {"X_Auto_Response_Suppress": "All"}],
)
def test_ce_qui_vient_d_une_liste_ouvre_une_demande_sans_accuse(entetes):
    assert recevoir(courriel(**entetes), maintenant=LUNDI).sujet == "Écran vide"
    assert not Courriel.objects.exists()


def test_deux_suites_de_meme_texte_gardent_chacune_leur_fichier():
    demande = recevoir(courriel(), maintenant=LUNDI)
    for numero in ("2", "3"):
        suite = courriel(
            "Voir la capture",
            sujet=f"[{demande.reference}]",
            numero=numero,
            pieces=[("c.png", b"x")],
        )
        recevoir(suite, maintenant=LUNDI)

    assert PieceDeMessage.objects.count() == 2


def test_un_long_identifiant_n_en_cache_pas_un_autre():
    for fin in ("a", "b"):
        recevoir(courriel(numero="x" * 90 + fin), maintenant=LUNDI)

    assert Demande.objects.count() == 2


def test_quarante_megaoctets_joints_ne_perdent_pas_le_texte():
    gros = bytes(8 * 1024 * 1024)
    demande = recevoir(courriel(pieces=[(f"{n}.png", gros) for n in range(5)]), maintenant=LUNDI)

    assert demande.messages.first().texte == "L'écran reste vide."
    assert PieceDeMessage.objects.count() == 2
    note = Message.objects.get(sens="interne").texte
    assert "5 fichiers joints ; 2 ont été gardés" in note


@pytest.mark.moteurs
def test_un_courriel_en_html_ne_s_execute_nulle_part():
    """Ni son script, ni la page qu'il joint : l'agent lit des mots, et enregistre un fichier."""
    message = EmailMessage()
    message["From"], message["Subject"], message["Message-ID"] = (
        SOPHIE,
        "<script>titre()</script>",
        "<1@faitage.example>",
    )
    message.set_content(
        '<p onclick="piege()">Bonjour</p><script>alarme()</script><img src=x onerror=vol()>',
        subtype="html",
    )
    message.add_attachment(
        b"<script>alarme()</script>", maintype="text", subtype="html", filename="aide.html"
    )
    demande = recevoir(message.as_bytes(), maintenant=LUNDI)
    samir = connecter(Client(), agent(centre(), "Samir Technicien", "technicien"))

    page = samir.get(f"/cdg/assistance/demandes/{demande.reference}/").content.decode()
    assert "Bonjour" in page and "&lt;script&gt;titre()" in page
    for piege in ("<script>titre", "alarme()", "piege()", "vol()"):
        assert piege not in page
    jointe = samir.get(f"/cdg/assistance/pieces/{PieceDeMessage.objects.get().reference}/")
    assert (
        jointe["Content-Disposition"].startswith("attachment")
        and jointe["Content-Type"] == "application/octet-stream"
    )
    assert "sandbox" in jointe["Content-Security-Policy"]


def test_la_boite_range_ce_qu_elle_a_lu_et_met_de_cote_le_reste(tmp_path, settings):
    settings.BOITE_DES_COURRIELS = tmp_path
    assert boite.relever(LUNDI) == 0
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "1").write_bytes(courriel())
    (tmp_path / "new" / "2").write_bytes(b"Ceci n'est pas un courriel")

    assert boite.relever(LUNDI) == 1
    assert [fichier.name for fichier in (tmp_path / "cur").iterdir()] == ["1"]
    assert (tmp_path / "illisibles" / "2").read_bytes() == b"Ceci n'est pas un courriel"
    assert list((tmp_path / "new").iterdir()) == []
    assert Demande.objects.count() == 1


def test_un_arret_avant_de_ranger_ne_compte_pas_deux_fois(tmp_path, settings, monkeypatch):
    settings.BOITE_DES_COURRIELS = tmp_path
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "1").write_bytes(courriel())
    with monkeypatch.context() as panne:
        panne.setattr(boite, "_ranger", lambda *_: (_ for _ in ()).throw(OSError("plus de place")))
        assert boite.relever(LUNDI) == 0
    assert (tmp_path / "new" / "1").exists()

    boite.relever(LUNDI)
    assert Demande.objects.count() == 1


@pytest.fixture
def maildir(tmp_path, settings):
    """Une boîte où le premier courriel est hostile et le second, d'une personne."""
    settings.BOITE_DES_COURRIELS = tmp_path
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "sain").write_bytes(courriel())
    return tmp_path


def deposer_avant(maildir, octets, *, le=LUNDI):
    hostile = maildir / "new" / "hostile"
    hostile.write_bytes(octets)
    os.utime(hostile, (le.timestamp() - 60,) * 2)
    os.utime(maildir / "new" / "sain", (le.timestamp(),) * 2)


@pytest.mark.parametrize(
    "hostile",
    [
        b"Content-Type: text/plain; charset=idna\n\nbonjour",
        b"Content-Type: text/plain; charset=undefined\n\nbonjour",
        b"Content-Type: text/plain; charset=utf-7\n\nbonjour +2AA-",
        b"Content-Type: text/plain; charset=unicode_escape\n\nbonjour \\ud800",
        b"Content-Disposition: attachment; filename*=utf-7''+2AA-\n\nbonjour",
        b"Subject: =?utf-7?q?+2AA-?=\n\nbonjour",
    ],
)
def test_un_courriel_hostile_se_lit_et_n_arrete_pas_les_suivants(maildir, hostile):
    deposer_avant(maildir, b"From: a@b.example\n" + hostile)

    assert boite.relever(LUNDI) == 2
    assert set(Demande.objects.values_list("courriel", flat=True)) == {"a@b.example", SOPHIE}


@pytest.mark.parametrize(
    ("faute", "age", "reste"),
    [
        (UnicodeError("faute"), timedelta(), "illisibles"),
        (DatabaseError("valeur refusée"), timedelta(), "illisibles"),
        (OperationalError("base arrêtée"), timedelta(), "new"),
        (OperationalError("base arrêtée"), timedelta(days=1), "illisibles"),
        (RegleEnfreinte("trop"), timedelta(), "de_trop"),
    ],
)
def test_quelle_que_soit_la_faute_le_suivant_se_lit_et_rien_ne_se_perd(
    maildir, monkeypatch, faute, age, reste
):
    def recevoir_ou_fauter(octets, **heure):
        demande = recevoir(octets, **heure)
        if b"hostile" in octets:
            raise faute
        return demande

    monkeypatch.setattr(entrants, "recevoir", recevoir_ou_fauter)
    deposer_avant(maildir, courriel("hostile", de="a@b.example", numero="h"), le=LUNDI - age)

    assert boite.relever(LUNDI) == 1
    assert [fichier.parent.name for fichier in maildir.rglob("hostile")] == [reste]
    assert Demande.objects.get().courriel == SOPHIE


def test_un_courriel_mis_de_cote_n_en_remplace_pas_un_autre(maildir):
    for octets in (b"un", b"deux"):
        deposer_avant(maildir, octets)
        boite.relever(LUNDI)
        (maildir / "new" / "sain").touch()

    assert {fichier.read_bytes() for fichier in (maildir / "illisibles").iterdir()} >= {
        b"un",
        b"deux",
    }
