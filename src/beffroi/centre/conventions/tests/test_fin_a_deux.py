"""Le centre résilie, y renonce, efface : proposé par l'un, décidé par l'autre."""

from datetime import date

import pytest

from beffroi.centre.conventions.models import Convention
from beffroi.centre.conventions.services import fin, fin_a_deux
from beffroi.centre.conventions.tests import gestes
from beffroi.centre.propositions.models import Proposition
from beffroi.personnes.comptes.tests.personnes import LUNDI
from beffroi.socle.fondations.erreurs import ConflitEtat, RegleEnfreinte
from beffroi.socle.fondations.models import Courriel
from beffroi.socle.journal.acteurs import PLATEFORME

pytestmark = pytest.mark.django_db
MOTIF = "Un accord est trouvé."


@pytest.fixture(autouse=True)
def centre(db):
    return gestes.le_centre()


@pytest.fixture
def fanny(centre):
    return gestes.deux_personnes()[0]


@pytest.fixture
def olivier(centre):
    return gestes.deux_personnes()[1]


def proposee(par, convention: Convention | None = None, **reste) -> Convention:
    convention = convention or gestes.active()
    fin_a_deux.proposer_de_resilier(
        convention=convention, lettre=gestes.lettre("centre", **reste), par=par, maintenant=LUNDI
    )
    return convention


def relue() -> Convention:
    return Convention.objects.get()


def test_proposer_de_resilier_garde_la_preuve_et_ne_finit_rien(fanny):
    convention = proposee(fanny)

    assert convention.pieces.filter(sorte="preuve_postale").count() == 1
    assert (relue().etat, relue().fin) == ("active", None)
    assert "avec effet le 2 mai 2027" in Proposition.objects.get().titre
    assert not Courriel.objects.filter(cle__startswith="convention:fin").exists()


def test_le_centre_ne_resilie_jamais_seul(fanny):
    convention = proposee(fanny)

    with pytest.raises(RegleEnfreinte, match="proposé vous-même"):
        fin_a_deux.resilier(convention=convention, par=fanny, maintenant=LUNDI)
    with pytest.raises(RegleEnfreinte, match="qu'à deux"):
        fin.denoncer(
            convention=convention, lettre=gestes.lettre("centre"), par=PLATEFORME, maintenant=LUNDI
        )
    assert relue().etat == "active"


def test_decidee_elle_reprend_la_preuve_gardee(fanny, olivier):
    denonciation = fin_a_deux.resilier(
        convention=proposee(fanny, motif="Service arrêté."), par=olivier, maintenant=LUNDI
    )

    assert (denonciation.fin_le, denonciation.motif) == (date(2027, 5, 2), "Service arrêté.")
    assert relue().etat == "denoncee" and relue().pieces.filter(sorte="preuve_postale").count() == 1


def test_une_preuve_de_demain_ou_une_convention_finie_ne_se_propose_pas(fanny):
    with pytest.raises(RegleEnfreinte, match="n'est pas encore venu"):
        proposee(fanny, recue_le=date(2026, 11, 3))
    gestes.denoncee(relue())

    with pytest.raises(ConflitEtat, match="ne court plus"):
        proposee(fanny, relue())


def test_l_adherent_qui_part_rend_la_resiliation_sans_objet(fanny, olivier):
    gestes.denoncee(proposee(fanny))

    assert Proposition.objects.get().issue == "sans_objet"
    with pytest.raises(RegleEnfreinte, match="Personne ne l'a proposé"):
        fin_a_deux.resilier(convention=relue(), par=olivier, maintenant=LUNDI)


@pytest.mark.moteurs
def test_le_centre_renonce_a_deux_a_ce_qu_il_a_resilie_a_deux(fanny, olivier):
    convention = gestes.denoncee(par="centre").convention
    quoi = {"convention": convention, "maintenant": LUNDI}
    with pytest.raises(RegleEnfreinte, match="renonce à deux"):
        fin.annuler_la_denonciation(**quoi, motif=MOTIF, par=PLATEFORME)
    fin_a_deux.proposer_de_renoncer(**quoi, motif=MOTIF, par=fanny)
    fin_a_deux.renoncer(**quoi, par=olivier)

    assert (relue().etat, relue().fin) == ("active", None)
    assert relue().denonciations.get().motif_d_annulation == MOTIF


def test_apres_le_dernier_jour_on_n_y_renonce_plus(fanny, olivier):
    convention = gestes.denoncee(par="centre").convention
    fin_a_deux.proposer_de_renoncer(convention=convention, motif=MOTIF, par=fanny, maintenant=LUNDI)

    with pytest.raises(ConflitEtat, match="dernier jour est passé"):
        fin_a_deux.renoncer(
            convention=convention, par=olivier, maintenant=gestes.lendemain(date(2027, 5, 2))
        )


def test_la_lettre_de_l_adherent_ne_se_renonce_pas_ici(fanny):
    with pytest.raises(ConflitEtat, match="n'a pas résilié"):
        fin_a_deux.proposer_de_renoncer(
            convention=gestes.denoncee().convention, motif=MOTIF, par=fanny, maintenant=LUNDI
        )


def test_rien_ne_s_efface_par_une_seule_personne(fanny, olivier):
    convention = gestes.denoncee().convention
    etape = {"convention": convention, "le": LUNDI.date(), "fichier": None, "maintenant": LUNDI}
    for nom in ("remis_le", "accuse_le"):
        fin.noter_une_etape(**etape, etape=nom, par=PLATEFORME)
    with pytest.raises(RegleEnfreinte, match="qu'à deux"):
        fin.noter_une_etape(**etape, etape="efface_le", par=PLATEFORME)
    fin_a_deux.proposer_d_effacer(**etape, par=fanny)

    with pytest.raises(RegleEnfreinte, match="proposé vous-même"):
        fin_a_deux.effacer(convention=convention, par=fanny, maintenant=LUNDI)
    effacee = fin_a_deux.effacer(convention=convention, par=olivier, maintenant=LUNDI)
    assert effacee.efface_le == LUNDI.date()


def test_annulee_ce_qui_devait_s_effacer_est_sans_objet(fanny):
    convention = gestes.denoncee().convention
    etape = {"convention": convention, "le": LUNDI.date(), "fichier": None, "maintenant": LUNDI}
    for nom in ("remis_le", "accuse_le"):
        fin.noter_une_etape(**etape, etape=nom, par=PLATEFORME)
    fin_a_deux.proposer_d_effacer(**etape, par=fanny)
    fin.annuler_la_denonciation(
        convention=convention, motif=MOTIF, par=PLATEFORME, maintenant=LUNDI
    )

    assert Proposition.objects.get().issue == "sans_objet"
