"""Rien ne s'efface avant la réception et le visa ; ensuite, l'adresse d'un vieil avis dit où demander."""

import io

import pytest

from beffroi.archives.services.eliminations import effacer_les_octets
from beffroi.archives.tests.test_eliminations import detruit, vise
from beffroi.consultations.services import composer_l_archive
from beffroi.depots.verification import relire_les_plis
from beffroi.organismes.models import Organisme
from beffroi.ouverture.verification import relire_les_seances
from beffroi.proces_verbaux.verification import relire_les_proces_verbaux
from beffroi.recherche.models import FicheIndexee
from beffroi.restitution import rules, services
from beffroi.restitution.queries import inventaire_de
from beffroi.restitution.tests.conftest import LE
from beffroi.socle.erreurs import RegleEnfreinte
from beffroi.socle.stockage import empreinte_gardee, stockage

RELECTURES = (relire_les_plis, relire_les_seances, relire_les_proces_verbaux)
PERMIS = {"etat": "recue", "est_parti": True, "en_cours": 0, "gels": (), "nouvelles": 0}


@pytest.mark.parametrize(
    ("autre", "dit"),
    [
        ({"etat": "etablie"}, "n'a pas accusé réception"),
        ({"est_parti": False}, "n'est pas finie"),
        ({"en_cours": 1}, "encore en cours"),
        ({"gels": ("recours n° 3",)}, "recours n° 3"),
        ({"nouvelles": 1}, "depuis cette archive"),
    ],
)
def test_ce_qui_empeche_d_effacer_se_dit(autre, dit):
    assert rules.peut_faire_effacer(**PERMIS).favorable
    assert dit in str(rules.peut_faire_effacer(**{**PERMIS, **autre}).motifs[0])


def fautes() -> list[str]:
    """Ce que la vérification du journal trouve à redire des octets gardés."""
    return [str(constat) for relire in RELECTURES for constat in relire() if not constat.bon]


@pytest.fixture
def rendus(etablie):
    """Le stockage n'a pas de transaction : ce qu'un test y détruit est rendu aux suivants."""
    cles = [*inventaire_de(etablie), etablie.cle_de_stockage]
    gardes = {cle: b"".join(stockage().lire(cle)) for cle in cles}
    yield gardes
    for cle, octets in gardes.items():
        stockage().supprimer(cle)
        stockage().ecrire(cle, io.BytesIO(octets))


@pytest.fixture
def recue(conclu, etablie):
    Organisme.objects.filter(pk=etablie.organisme_id).update(peut_creer_des_consultations=False)
    etablie.organisme.refresh_from_db()
    acte = {"par": conclu.martine, "maintenant": LE}
    tenue = services.accuser_reception(restitution=etablie, empreinte=etablie.sha256, **acte)
    tenue.organisme = etablie.organisme
    return tenue


def test_avant_la_reception_rien_ne_s_efface(conclu, etablie):
    with pytest.raises(RegleEnfreinte, match="n'a pas accusé réception"):
        services.faire_effacer(restitution=etablie, par=conclu.martine, maintenant=LE)


def test_un_organisme_bloque_pour_impaye_n_est_pas_parti(conclu, recue):
    recue.organisme.suspensions = {"impaye": "Une somme reste due."}

    with pytest.raises(RegleEnfreinte, match="La convention n'est pas finie"):
        services.faire_effacer(restitution=recue, par=conclu.martine, maintenant=LE)


def test_du_bordereau_au_certificat_puis_l_adresse_dit_ou_demander(conclu, recue, rendus, client):
    avant = fautes()
    adresse = f"/consultations/{conclu.consultation.reference}/"
    assert client.get(adresse).status_code == 200
    bordereau = services.faire_effacer(restitution=recue, par=conclu.martine, maintenant=LE)
    lignes = list(bordereau.lignes.all())
    assert {ligne.cle_de_stockage for ligne in lignes} == set(rendus)
    assert all(empreinte_gardee(ligne.cle_de_stockage) == ligne.sha256 for ligne in lignes)
    assert client.get(adresse).status_code == 200

    detruit(conclu, vise(conclu, bordereau))
    effacer_les_octets.call(bordereau.reference)
    assert [empreinte_gardee(cle) for cle in rendus if empreinte_gardee(cle)] == []
    assert fautes() == avant
    for chemin in (adresse, f"{adresse}documents/", f"/c/{conclu.consultation.reference}"):
        partie = client.get(chemin, follow=True)
        assert partie.status_code == 410
        assert conclu.consultation.organisme.nom in partie.content.decode()
    assert not FicheIndexee.objects.filter(reference=conclu.consultation.reference).exists()


def test_le_dossier_range_en_zip_part_avec_ses_documents(conclu, recue, rendus):
    composer_l_archive(conclu.consultation)
    conclu.consultation.refresh_from_db()
    zip_du_dossier = conclu.consultation.archive_du_dossier

    bordereau = services.faire_effacer(restitution=recue, par=conclu.martine, maintenant=LE)
    ligne = bordereau.lignes.get(cle_de_stockage=zip_du_dossier)
    assert ligne.sha256 == empreinte_gardee(zip_du_dossier)
    detruit(conclu, vise(conclu, bordereau))
    effacer_les_octets.call(bordereau.reference)
    assert empreinte_gardee(zip_du_dossier) == ""
