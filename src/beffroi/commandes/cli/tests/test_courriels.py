"""« ./beffroi courriels » montre ce qui n'est pas parti, et le relance."""

import pytest

from beffroi.commandes.cli import courriels, lanceur
from beffroi.commandes.cli.erreurs import ErreurDeCommande
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.fondations.models import Courriel
from beffroi.socle.fondations.services import ecrire_courriel

pytestmark = pytest.mark.django_db


def lancer(*mots):
    return courriels.executer(lanceur.analyseur("courriels", courriels).parse_args(mots))


def ecrire(cle, **etat):
    courriel = ecrire_courriel(
        cle=cle,
        destinataire="a@example.org",
        sujet="Récépissé",
        texte="Bonjour.",
        maintenant=maintenant(),
    )
    Courriel.objects.filter(pk=courriel.pk).update(**etat)
    return courriel


def test_la_commande_dit_pourquoi_chaque_courriel_n_est_pas_parti(capsys):
    ecrire("un", refuse_le=maintenant(), refus="550 Inconnu ici")
    ecrire("deux", confie_le=maintenant())
    ecrire("trois", envoye_le=maintenant())
    lancer()

    lignes = capsys.readouterr().out.splitlines()
    assert lignes[0] == "2 courriels ne sont pas partis."
    assert (
        lignes[1].endswith("issue inconnue"),
        lignes[2].endswith("refusé : 550 Inconnu ici"),
    ) == (True, True)


def test_un_courriel_refuse_se_relance_et_un_courriel_parti_ne_se_relance_pas():
    refuse, parti = ecrire("un", refuse_le=maintenant()), ecrire("deux", envoye_le=maintenant())

    assert lancer("--relancer", refuse.reference) == 0
    assert Courriel.objects.get(pk=refuse.pk).refuse_le is None
    with pytest.raises(ErreurDeCommande):
        lancer("--relancer", parti.reference)
