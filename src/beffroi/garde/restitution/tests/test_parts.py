"""Ce que chaque consultation donne à l'archive :
tout, ou les documents de l'acheteur, selon où elle en est et qui part.
"""

import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.utils.html import escape

from beffroi.achat.consultations.rules.fiche import Fiche
from beffroi.achat.consultations.services import ajouter_piece, creer_consultation
from beffroi.choix.commissions.queries import anonymat
from beffroi.contrat.achevement.tests.scene import SIGNE_LE as LE
from beffroi.garde.restitution import composition, forme, services
from beffroi.garde.restitution.lecture import Rendue, controler
from beffroi.garde.restitution.queries import inventaire_de
from beffroi.garde.restitution.rules import Part, part_rendue
from beffroi.garde.restitution.services.effacement import faire_effacer
from beffroi.personnes.organismes.models import Organisme
from beffroi.reponse.depots.tests import factories as depots
from beffroi.socle.fondations.stockage import stockage
from beffroi.socle.journal import chainage
from beffroi.socle.journal.tests.jetons import VRAI_JETON

APRES = depots.LIMITE + timedelta(seconds=1)
SCELLEE = "Réponse scellée, telle que reçue"
EN_COURS = {"finie": False, "limite_passee": True, "est_parti": True, "sans_noms": False}


@pytest.mark.parametrize(
    ("faits", "part"),
    [
        ({"finie": True, "est_parti": False}, Part.TOUT),
        ({}, Part.TOUT),
        ({"est_parti": False}, Part.DOCUMENTS),
        ({"limite_passee": False}, Part.DOCUMENTS),
        ({"sans_noms": True}, Part.DOCUMENTS),
    ],
)
def test_une_procedure_en_cours_ne_donne_tout_qu_a_qui_part_son_heure_passee(faits, part):
    assert part_rendue(**{**EN_COURS, **faits}) is part


def dite(faite, consultation):
    """Les données de cette consultation dans l'archive, et la page
    d'entrée ; l'archive se vérifie.
    """
    octets = b"".join(stockage().lire(faite.cle_de_stockage))
    assert [une for une in controler(Rendue(io.BytesIO(octets))) if une.bon is False] == []
    with zipfile.ZipFile(io.BytesIO(octets)) as archive:
        return json.loads(archive.read(forme.donnees_de(consultation.reference))), archive.read(
            forme.INDEX
        ).decode()


def rendue(consultation, *, le):
    par = consultation.redigee_par
    faite = services.etablir(
        services.demander(organisme=consultation.organisme, par=par, maintenant=le)
    )
    assert (faite.etat, faite.refus) == ("etablie", "")
    return faite


def parti(organisme):
    Organisme.objects.filter(pk=organisme.pk).update(peut_creer_des_consultations=False)


@pytest.fixture
def recue(db, monkeypatch):
    """Une consultation à qui une entreprise a répondu ; rien n'en est encore décidé."""
    monkeypatch.setattr(
        chainage, "jeton_local", VRAI_JETON
    )  # le récépissé se refait dans l'archive
    consultation = depots.consultation()
    depots.Candidat(consultation).depose(("offre", None))
    return consultation


def sortes(donnees) -> set[str]:
    return {piece["sorte"] for piece in donnees["pieces"]}


def test_qui_part_emporte_la_procedure_que_rien_n_a_finie(recue):
    parti(recue.organisme)
    donnees, index = dite(rendue(recue, le=APRES), recue)

    assert (donnees["finie"], SCELLEE in sortes(donnees)) == (False, True)
    assert f'<a href="{donnees["pieces"][0]["chemin"]}">{escape(recue.titre)}</a>' in index


@pytest.mark.article("CCP", "R. 2132-11")
def test_avant_l_heure_limite_rien_ne_dit_qui_repond(recue):
    parti(recue.organisme)

    assert sortes(dite(rendue(recue, le=depots.LIMITE), recue)[0]) <= {"Dossier de consultation"}


@pytest.mark.article("CCP", "R. 2162-18")
def test_un_jury_qui_juge_sans_noms_garde_les_projets(recue, monkeypatch):
    parti(recue.organisme)
    monkeypatch.setattr(composition, "juge_sans_noms", lambda consultation: True)

    assert SCELLEE not in sortes(dite(rendue(recue, le=APRES), recue)[0])


def test_aucun_jury_n_en_est_saisi(recue):
    assert not anonymat.juge_sans_noms(recue)


@pytest.fixture
def brouillon(conclu):
    """Un achat jamais publié, avec son document."""
    fiche = Fiche(
        titre="Préau", objet="Un préau.", nature="travaux", lieu="Bomy", date_limite_remise=None
    )
    organisme = conclu.consultation.organisme
    achat = creer_consultation(
        organisme=organisme, redigee_par=conclu.martine, fiche=fiche, maintenant=LE
    )
    ajouter_piece(
        consultation=achat,
        sorte="cctp",
        intitule="Cahier du préau",
        nom="préau.pdf",
        flux=io.BytesIO(b"%PDF-1.7 preau"),
        par=conclu.martine.acteur,
        maintenant=LE,
    )
    return achat


def test_le_document_d_un_brouillon_est_rendu_et_va_au_bordereau(conclu, brouillon):
    parti(brouillon.organisme)
    faite = rendue(brouillon, le=LE)
    donnees, index = dite(faite, brouillon)
    (piece,) = donnees["pieces"]
    cle = brouillon.pieces.get().cle_de_stockage

    assert piece["titre"].startswith("Cahier du préau") and f'href="{piece["chemin"]}"' in index
    assert inventaire_de(faite)[cle] == piece["sha256"]

    acte = {"par": conclu.martine, "maintenant": LE}
    tenue = services.accuser_reception(restitution=faite, empreinte=faite.sha256, **acte)
    tenue.organisme.refresh_from_db()
    bordereau = faire_effacer(restitution=tenue, **acte)
    assert cle in bordereau.lignes.values_list("cle_de_stockage", flat=True)
