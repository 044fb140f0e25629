"""Rien ne s'efface avant la réception et le visa ;
ensuite, l'adresse d'un vieil avis dit où demander.
"""

import io

import pytest
from django.urls import reverse

from beffroi.achat.consultations.services import composer_l_archive
from beffroi.contrat.achevement.tests.scene import SIGNE_LE as LE
from beffroi.contrat.marches.tests import gestes
from beffroi.contrat.marches.views import contrat
from beffroi.garde.archives.documents import bordereau_pdf
from beffroi.garde.archives.elimination import HORS_CONSULTATION
from beffroi.garde.archives.models import Elimination
from beffroi.garde.archives.queries import lignes_de
from beffroi.garde.archives.services.eliminations import effacer_les_octets
from beffroi.garde.archives.tests.bordereaux import detruit, vise
from beffroi.garde.restitution import apportees, rules, services
from beffroi.garde.restitution.gardees import encore_gardees
from beffroi.garde.restitution.ports import pieces_hors_consultation
from beffroi.garde.restitution.queries import inventaire_de
from beffroi.garde.restitution.views import acheteur
from beffroi.personnes.comptes.tests.personnes import connecter
from beffroi.personnes.organismes.models import Organisme
from beffroi.publicite.recherche.models import FicheIndexee
from beffroi.reponse.depots.verification import relire_les_plis
from beffroi.seance.ouverture.verification import relire_les_seances
from beffroi.seance.proces_verbaux.verification import relire_les_proces_verbaux
from beffroi.socle.fondations.erreurs import RegleEnfreinte
from beffroi.socle.fondations.stockage import empreinte_gardee, stockage
from formats.tests.exemples import texte

RELECTURES = (relire_les_plis, relire_les_seances, relire_les_proces_verbaux)
SUITES = (
    "",
    "documents/",
    "documents/dossier.zip",
    "documents/versions/1/dossier.zip",
    "avis/",
    "questions/",
    "questions/poser/",
    "questions/sans-compte/",
    "etre-averti/",
    "calendrier.ics",
    "atom.xml",
    "cles.json",
    "deposer/",
    "dume/",
    "dume.xml",
)
AILLEURS = ("/c/", "/api/v1/consultations/")
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


@pytest.mark.moteurs
def test_du_bordereau_au_certificat_puis_l_adresse_dit_ou_demander(conclu, recue, rendus, client):
    avant = fautes()
    reference = conclu.consultation.reference
    adresse = f"/consultations/{reference}/"
    assert client.get(adresse).status_code == 200
    bordereau = services.faire_effacer(restitution=recue, par=conclu.martine, maintenant=LE)
    lignes = list(bordereau.lignes.all())
    assert {ligne.cle_de_stockage for ligne in lignes} == set(rendus)
    assert all(empreinte_gardee(ligne.cle_de_stockage) == ligne.sha256 for ligne in lignes)
    assert client.get(adresse).status_code == 200
    assert encore_gardees(recue.organisme, le=LE) == len(lignes)

    detruit(conclu, vise(conclu, bordereau))
    effacer_les_octets.call(bordereau.reference)
    assert [empreinte_gardee(cle) for cle in rendus if empreinte_gardee(cle)] == []
    assert encore_gardees(recue.organisme, le=LE) == 0
    assert fautes() == avant
    for chemin in (
        *[f"{adresse}{suite}" for suite in SUITES],
        *[f"{d_avant}{reference}" for d_avant in AILLEURS],
    ):
        partie = client.get(chemin, follow=True)
        assert partie.status_code == 410, chemin
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


@pytest.fixture
def contrat_seul(conclu):
    """Un contrat signé que l'acheteur a inscrit ici sans consultation."""
    inscrit = gestes.inscrit(conclu.consultation.organisme, numero="2026-098", maintenant=LE)
    return gestes.signe(inscrit, le=LE.date(), maintenant=LE)


@pytest.mark.article("code du patrimoine", "L. 212-2")
def test_ce_qui_n_est_d_aucune_consultation_va_au_bordereau_et_s_efface_avec_le_reste(
    conclu, contrat_seul, recue, rendus, client, monkeypatch
):
    monkeypatch.setattr(contrat, "maintenant", lambda: LE)
    pieces = list(contrat_seul.pieces.all())
    assert pieces and {piece.cle_de_stockage for piece in pieces} <= set(rendus)
    bordereau = services.faire_effacer(restitution=recue, par=conclu.martine, maintenant=LE)
    lignes = [ligne for ligne in lignes_de(bordereau) if ligne.consultation == HORS_CONSULTATION]
    assert {piece.sha256 for piece in pieces} < {ligne.sha256 for ligne in lignes}
    assert f"Hors consultation, Contrat : {lignes[0].titre}" in texte(
        bordereau_pdf(bordereau)
    ).replace("\n", " ")

    detruit(conclu, vise(conclu, bordereau))
    effacer_les_octets.call(bordereau.reference)
    assert [empreinte_gardee(piece.cle_de_stockage) for piece in pieces] == [""] * len(pieces)
    assert not {piece.cle for piece in pieces_hors_consultation(recue.organisme, le=LE)} & set(
        rendus
    )
    adresse = reverse("marches:piece", args=(contrat_seul.reference, pieces[0].reference))
    partie = connecter(client, conclu.martine).get(adresse)
    assert partie.status_code == 410
    assert (
        bordereau.reference in partie.content.decode()
        and "garde lui-même" in partie.content.decode()
    )


@pytest.fixture
def venue(octets_de):
    """Une archive apportée d'ailleurs, avant que celle-ci ne soit demandée."""
    return services.reprendre(flux=io.BytesIO(octets_de()), maintenant=LE)


def test_ce_qui_venait_d_ailleurs_s_efface_avec_le_reste_et_son_adresse_le_dit(
    conclu, venue, recue, rendus, client, monkeypatch
):
    monkeypatch.setattr(acheteur, "maintenant", lambda: LE)
    cles = {piece.cle for piece in apportees.gardees_de(venue)}
    bordereau = services.faire_effacer(restitution=recue, par=conclu.martine, maintenant=LE)
    assert cles and cles <= {*bordereau.lignes.values_list("cle_de_stockage", flat=True)}

    detruit(conclu, vise(conclu, bordereau))
    effacer_les_octets.call(bordereau.reference)
    assert [cle for cle in cles if empreinte_gardee(cle)] == []
    assert [*apportees.gardees_de(venue)] == [] and encore_gardees(recue.organisme, le=LE) == 0
    connecter(client, conclu.martine)
    suites = ("", f"{conclu.consultation.reference}/", f"{conclu.consultation.reference}/pieces/1/")
    statuts = [
        client.get(f"/archives/reprises/{venue.reference}/{suite}").status_code for suite in suites
    ]
    assert statuts == [200, 410, 410]


def test_ce_qui_arrive_apres_l_archive_se_rend_avant_de_s_effacer(conclu, recue, contrat_seul):
    with pytest.raises(RegleEnfreinte, match="depuis cette archive"):
        services.faire_effacer(restitution=recue, par=conclu.martine, maintenant=LE)


def test_un_second_bordereau_ne_renomme_pas_ce_qui_est_deja_detruit(
    conclu, recue, rendus, contrat_seul
):
    autre = services.etablir(
        services.demander(organisme=recue.organisme, par=conclu.martine, maintenant=LE)
    )
    acte = {"par": conclu.martine, "maintenant": LE}
    Elimination.objects.create(
        organisme=recue.organisme,
        etat="detruite",
        etablie_par=conclu.martine,
        etablie_le=LE,
        empreinte="0" * 64,
        visee_par=conclu.martine,
        visee_le=LE,
        date_du_visa=LE.date(),
        sha256_du_visa="0" * 64,
        signataire="C. M.",
        detruite_par=conclu.martine,
        detruite_le=LE,
    ).lignes.create(
        rang=1,
        titre="Archive d'avant",
        sorte="Registre",
        nom="a.zip",
        taille=1,
        sha256="0" * 64,
        cle_de_stockage=recue.cle_de_stockage,
        jusqu_au=LE.date(),
        source="x",
    )
    tenue = services.accuser_reception(restitution=autre, empreinte=autre.sha256, **acte)
    tenue.organisme = recue.organisme
    cles = set(
        services.faire_effacer(restitution=tenue, **acte).lignes.values_list(
            "cle_de_stockage", flat=True
        )
    )
    assert autre.cle_de_stockage in cles and recue.cle_de_stockage not in cles
