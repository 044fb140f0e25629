"""`verifier --journal` devant un stockage qui se tait : rien n'est dit faux, rien n'est conclu."""

import pytest

from beffroi.commandes.cli.lanceur import principal
from beffroi.reponse.depots import verification as relecture_des_plis
from beffroi.reponse.depots.tests import factories
from beffroi.socle.fondations.stockage import s3 as s3_store
from beffroi.socle.fondations.stockage import stockage
from beffroi.socle.journal import verification
from beffroi.socle.journal.services import publier_la_tete
from tests.serveurs.s3_qui_coupe import s3_qui_coupe

SANS_FIN = 10**6


@pytest.fixture
def garde(stockage_a_part):
    """Un dépôt dont les octets sont gardés, sur le disque de ce test."""
    pli = factories.Candidat(factories.consultation()).depose(("offre", None))
    publier_la_tete(le=pli.recu_le)
    return stockage()


@pytest.fixture
def service(garde, settings, monkeypatch):
    """Les mêmes octets, rendus par un service S3."""
    monkeypatch.setattr(s3_store, "SILENCE_S", 0.5)
    with s3_qui_coupe(lambda cle: garde.lire(cle).read()) as service:
        settings.STOCKAGE = {**settings.STOCKAGE, **service.reglages}
        stockage.cache_clear()
        yield service


@pytest.fixture
def verifier(service, dossier_de_cette_base):
    return lambda: principal(["verifier", "--journal", str(dossier_de_cette_base)])


@pytest.fixture
def plis_seuls(monkeypatch):
    """Ce dépôt est juste ; les comptes et l'acheteur de cet essai, eux, ne sont pas au journal."""
    monkeypatch.setattr(verification, "relire_tout", relecture_des_plis.relire_les_plis)


@pytest.mark.django_db
@pytest.mark.usefixtures("plis_seuls")
def test_une_coupure_passagere_n_empeche_pas_de_conclure(service, verifier, capsys):
    service.pannes = 1

    assert verifier() == 0

    assert "1 pli : lignes, récépissés et octets conformes" in capsys.readouterr().out
    assert service.etiquette in [etiquette for _, etiquette in service.demandes]


@pytest.mark.django_db
@pytest.mark.usefixtures("plis_seuls")
@pytest.mark.parametrize("silence", [False, True], ids=["raccroche", "se tait"])
def test_un_stockage_qui_s_arrete_sans_cesse_est_illisible_et_non_faux(
    service, verifier, capsys, silence
):
    service.pannes, service.silence = SANS_FIN, silence

    assert verifier() == 2

    dit = capsys.readouterr()
    assert "Le stockage s'est arrêté 4 fois au milieu d'un fichier" in dit.out
    assert "Quand le stockage répond, relancez la même commande" in dit.out
    assert "imprévue" not in dit.out + dit.err


@pytest.mark.django_db
def test_ce_qui_est_faux_l_emporte_sur_ce_qui_ne_se_lit_pas(service, verifier, capsys):
    service.pannes = SANS_FIN

    assert verifier() == 1

    dit = capsys.readouterr().out
    assert "cette ligne n'est pas au journal" in dit and "Le stockage s'est arrêté" in dit
