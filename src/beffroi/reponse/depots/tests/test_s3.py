"""Tout le chemin sur un vrai service S3 :
le navigateur envoie droit au stockage, rien ne compte avant d'y être.
"""

import io
from datetime import timedelta

import httpx
import pytest

from beffroi.reponse.depots import coffre, queries, services
from beffroi.reponse.depots.errors import PartieManquante
from beffroi.reponse.depots.models import FichierScelle
from beffroi.reponse.depots.tests import factories
from beffroi.reponse.depots.tests.factories import LIMITE, VEILLE
from beffroi.socle.fondations.erreurs import ConflitEtat
from beffroi.socle.fondations.stockage import CleInconnue, Partie, stockage
from beffroi.socle.fondations.taches import vider_la_file


@pytest.fixture
def gros():
    return factories.sceller(b"plan" * 5_000_000)


def ouvrir(brouillon, scelle, nom="plan.pdf") -> FichierScelle:
    return services.ouvrir_fichier(
        brouillon=brouillon,
        enveloppe="offre",
        lot=None,
        nom=nom,
        taille=len(scelle.octets),
        maintenant=VEILLE,
    )


def envoyer(fichier, scelle, numero: int) -> None:
    cible = services.preparer_partie(
        fichier=fichier, partie=scelle.partie(numero), maintenant=VEILLE
    )
    httpx.put(
        cible.url, content=scelle.parties[numero - 1], headers=cible.entetes, timeout=60
    ).raise_for_status()


def finir(fichier, scelle) -> FichierScelle:
    return services.terminer_fichier(
        fichier=fichier,
        racine=scelle.racine,
        sha256=scelle.sha256,
        maintenant=VEILLE + timedelta(minutes=5),
    )


def envoyer_tout(brouillon, scelle, nom="plan.pdf") -> FichierScelle:
    fichier = ouvrir(brouillon, scelle, nom)
    for numero in reversed(range(1, len(scelle.parties) + 1)):
        envoyer(fichier, scelle, numero)
    return finir(fichier, scelle)


def test_tout_le_chemin_jusqu_a_l_ouverture(sur_s3, faitage, gros):
    brouillon = faitage.commence()
    fichier = envoyer_tout(brouillon, gros)
    manifeste = envoyer_tout(brouillon, factories.sceller(b"{}"), "manifeste.age")
    enveloppe = factories.EnveloppeAnnoncee(
        "offre", None, (fichier.reference,), manifeste.reference, "ab" * 32, "cd" * 16
    )

    faitage.depose_ces_enveloppes(brouillon, [enveloppe], le=VEILLE + timedelta(hours=1))

    assert coffre.flux_scelle(fichier, LIMITE + timedelta(seconds=1)).read() == gros.octets


@pytest.fixture
def a_deux_adresses(settings, sur_s3):
    """Le même service, que nous joignons par son adresse, et le public par son nom."""
    publique = sur_s3["adresse"].replace("127.0.0.1", "localhost")
    settings.STOCKAGE = {**sur_s3, "adresse_publique": publique}
    stockage.cache_clear()
    yield publique
    stockage.cache_clear()


def test_le_public_envoie_et_lit_a_son_adresse_et_les_serveurs_a_la_leur(
    a_deux_adresses, faitage, gros
):
    fichier = envoyer_tout(faitage.commence(), gros)

    lue = stockage().adresse_de_lecture(fichier.cle_de_stockage, "plan.pdf")
    assert lue.startswith(a_deux_adresses)
    assert httpx.get(lue, timeout=60).content == gros.octets
    assert "127.0.0.1" in stockage().client.meta.endpoint_url


def test_une_adresse_signee_pour_le_public_ne_vaut_pas_a_celle_des_serveurs(
    a_deux_adresses, faitage, gros
):
    fichier = ouvrir(faitage.commence(), gros)
    cible = services.preparer_partie(fichier=fichier, partie=gros.partie(1), maintenant=VEILLE)
    detournee = cible.url.replace("localhost", "127.0.0.1")

    envoi = httpx.put(detournee, content=gros.parties[0], headers=cible.entetes, timeout=60)

    assert cible.url.startswith(a_deux_adresses)
    assert envoi.status_code == 403


def test_l_etat_ne_montre_que_ce_qui_est_dans_le_stockage(sur_s3, faitage, gros):
    fichier = ouvrir(faitage.commence(), gros)
    services.preparer_partie(fichier=fichier, partie=gros.partie(1), maintenant=VEILLE)
    envoyer(fichier, gros, 2)

    assert [(p.numero, p.sha256) for p in queries.parties_durables(fichier)] == [
        (2, gros.partie(2).sha256)
    ]
    with pytest.raises(PartieManquante, match="partie 1"):
        finir(fichier, gros)


def test_une_partie_ne_s_annonce_pas_avec_d_autres_octets(sur_s3, faitage, gros):
    fichier = ouvrir(faitage.commence(), gros)
    services.preparer_partie(fichier=fichier, partie=gros.partie(1), maintenant=VEILLE)

    with pytest.raises(ConflitEtat, match="autres octets"):
        services.preparer_partie(
            fichier=fichier, partie=Partie(1, gros.partie(1).taille, "0" * 64), maintenant=VEILLE
        )


def test_finir_se_reprend_apres_un_arret_entre_l_assemblage_et_la_validation(
    sur_s3, faitage, gros, monkeypatch
):
    fichier = ouvrir(faitage.commence(), gros)
    for numero in (1, 2, 3):
        envoyer(fichier, gros, numero)
    with monkeypatch.context() as panne:
        panne.setattr("beffroi.reponse.depots.services.fins.exiger_un_fichier_scelle", arret)
        with pytest.raises(KeyboardInterrupt):
            finir(fichier, gros)

    assert finir(FichierScelle.objects.get(), gros).etat == FichierScelle.Etat.TERMINE


def arret(*_: object) -> None:
    raise KeyboardInterrupt


def test_un_faux_scelle_est_refuse_sur_s3_aussi(sur_s3, faitage):
    faux = factories.decouper(bytes(factories.profile.sealed_size(10)))

    with pytest.raises(Exception, match="scell"):
        envoyer_tout(faitage.commence(), faux)


def test_supprimer_un_fichier_en_cours_abandonne_l_envoi(sur_s3, faitage, gros):
    fichier = ouvrir(faitage.commence(), gros)
    envoyer(fichier, gros, 1)
    cle = fichier.cle_de_stockage

    services.supprimer_fichier(fichier=fichier)
    vider_la_file()

    with pytest.raises(CleInconnue):
        stockage().taille(cle)


def test_une_archive_du_dce_se_garde_aussi_sur_s3(sur_s3):
    ecrit = stockage().ecrire("dce/essai", io.BytesIO(b"reglement"))

    assert (ecrit.taille, stockage().lire("dce/essai", 3, 3).read()) == (9, b"lem")


def test_un_paquet_part_par_des_adresses_signees_et_se_termine_ensemble(sur_s3, faitage):
    scelles = [factories.sceller(b"plan %d" % rang) for rang in range(12)]
    brouillon = faitage.commence()
    annonces = [
        services.Annonce(
            "offre", None, f"plan {rang}.pdf", len(scelle.octets), scellement=f"{rang:064x}"
        )
        for rang, scelle in enumerate(scelles)
    ]
    fichiers = services.annoncer_fichiers(brouillon=brouillon, annonces=annonces, maintenant=VEILLE)
    empreintes = [scelle.partie(1).sha256 for scelle in scelles]
    for _ in range(2):
        cibles = services.preparer_les_parties_uniques(
            fichiers=fichiers, empreintes=empreintes, maintenant=VEILLE
        )
    for cible, scelle in zip(cibles, scelles, strict=True):
        httpx.put(
            cible.url, content=scelle.octets, headers=cible.entetes, timeout=60
        ).raise_for_status()

    fins = [
        services.Fin(f, scelle.racine, scelle.sha256)
        for f, scelle in zip(fichiers, scelles, strict=True)
    ]
    finis = services.terminer_fichiers(fins=fins, maintenant=VEILLE + timedelta(minutes=5))

    assert {fichier.etat for fichier in finis} == {"termine"}
    assert (
        services.annoncer_fichiers(brouillon=brouillon, annonces=annonces, maintenant=VEILLE)
        == finis
    )
    brouillon.refresh_from_db()
    assert brouillon.premier_octet_le == VEILLE


def test_sur_s3_une_adresse_signee_ne_porte_qu_une_empreinte(sur_s3, faitage):
    scelle = factories.sceller(b"plan")
    fichier = ouvrir(faitage.commence(), scelle)
    services.preparer_partie(fichier=fichier, partie=scelle.partie(1), maintenant=VEILLE)

    with pytest.raises(ConflitEtat, match="avec d'autres octets"):
        services.preparer_les_parties_uniques(
            fichiers=[fichier], empreintes=["0" * 64], maintenant=VEILLE
        )
