"""Combien d'équipes en un jour, d'une personne et d'un réseau ; jamais contre qui commence."""

from datetime import timedelta

import pytest
from stdnum import luhn

from beffroi.personnes.comptes.tests.personnes import LUNDI, personne
from beffroi.personnes.entreprises import rules, services
from beffroi.personnes.entreprises.models import Equipe, FondationsDUnReseau
from beffroi.socle.fondations.erreurs import RegleEnfreinte
from beffroi.socle.fondations.models import Courriel

pytestmark = pytest.mark.django_db
RESEAU = "192.0.2.7"


def siret(rang: int) -> str:
    """Le rang-ième établissement d'une même entreprise."""
    base = f"732829320{rang:04d}"
    return base + luhn.calc_check_digit(base)


def fonder(qui, rang: int, *, le=LUNDI, reseau: str = RESEAU):
    return services.inscrire_membre(
        identifiant=siret(rang),
        nom="Atelier du Faîtage",
        utilisateur=qui,
        par=qui.acteur,
        reseau=reseau,
        maintenant=le,
    )


def test_une_personne_fonde_dix_equipes_en_un_jour_et_reprend_le_lendemain():
    sophie = personne()
    for rang in range(rules.EQUIPES_PAR_JOUR):
        fonder(sophie, rang)

    with pytest.raises(RegleEnfreinte, match="Reprenez demain"):
        fonder(sophie, 99)
    assert fonder(sophie, 99, le=LUNDI + timedelta(days=1))


def test_d_un_reseau_sature_qui_s_inscrit_depose_mais_n_ecrit_plus_d_office(monkeypatch):
    monkeypatch.setattr(rules, "EQUIPES_PAR_RESEAU", 2)
    for rang in range(2):
        fonder(personne(f"P{rang} Un"), rang)
    avant = Courriel.objects.count()
    nouvelle = personne("Nouvelle Venue")

    assert fonder(nouvelle, 0).equipe in Equipe.objects.all()
    assert Courriel.objects.count() == avant
    with pytest.raises(RegleEnfreinte, match="votre réseau"):
        fonder(nouvelle, 1)


@pytest.mark.moteurs
def test_le_reseau_se_compte_sans_se_nommer_et_s_oublie_le_lendemain():
    fonder(personne(), 1)
    compte = FondationsDUnReseau.objects.get()

    assert compte.nombre == 1 and RESEAU not in compte.empreinte
    services.oublier_les_reseaux(le=LUNDI + timedelta(days=1))
    assert not FondationsDUnReseau.objects.exists()


def test_un_refus_ne_compte_pas():
    sophie = personne()
    for rang in range(rules.EQUIPES_PAR_JOUR):
        fonder(sophie, rang)
    with pytest.raises(RegleEnfreinte):
        fonder(sophie, 99)

    assert FondationsDUnReseau.objects.get().nombre == rules.EQUIPES_PAR_JOUR
