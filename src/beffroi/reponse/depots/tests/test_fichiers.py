"""Recevoir un fichier partie par partie : désordre, doublons, octets abîmés, disque plein."""

import errno
import hashlib
import io
import os
from dataclasses import replace

import pytest

from beffroi.reponse.depots import limits, queries, services
from beffroi.reponse.depots.errors import NonScelle, PartieManquante
from beffroi.reponse.depots.models import FichierScelle, PartieAnnoncee, PartieRecue
from beffroi.reponse.depots.services import annonces
from beffroi.reponse.depots.tests import factories
from beffroi.reponse.depots.tests.factories import LIMITE, VEILLE, Scelle
from beffroi.socle.fondations.erreurs import (
    ConflitEtat,
    EspaceInsuffisant,
    LimiteDepassee,
    RegleEnfreinte,
)
from beffroi.socle.fondations.stockage import (
    Cible,
    CleInconnue,
    Partie,
    PartieRefusee,
    StockageEnPanne,
    stockage,
)
from beffroi.socle.fondations.taches import vider_la_file
from sceau.profile import sealed_size

TROIS_PARTIES = 2 * 8_388_608 + 1000


@pytest.fixture(scope="module")
def gros() -> Scelle:
    return factories.sceller(os.urandom(1000) * (TROIS_PARTIES // 1000 + 1))


@pytest.fixture
def brouillon(faitage):
    return faitage.commence()


def ouvrir(brouillon, taille: int, nom: str = "memoire.pdf") -> FichierScelle:
    return services.ouvrir_fichier(
        brouillon=brouillon, enveloppe="offre", lot=None, nom=nom, taille=taille, maintenant=VEILLE
    )


def envoyer(fichier, scelle: Scelle, numero: int, octets: bytes | None = None) -> None:
    flux = io.BytesIO(scelle.parties[numero - 1] if octets is None else octets)
    services.recevoir_partie(
        fichier=fichier, partie=scelle.partie(numero), flux=flux, horloge=lambda: VEILLE
    )


def finir(fichier, scelle: Scelle) -> FichierScelle:
    return services.terminer_fichier(
        fichier=fichier, racine=scelle.racine, sha256=scelle.sha256, maintenant=VEILLE
    )


def test_les_parties_arrivent_dans_le_desordre_et_le_fichier_est_entier(brouillon, gros):
    fichier = ouvrir(brouillon, len(gros.octets))
    for numero in (3, 1, 2):
        envoyer(fichier, gros, numero)

    fichier = finir(fichier, gros)

    assert fichier.etat == FichierScelle.Etat.TERMINE
    assert stockage().lire(fichier.cle_de_stockage).read() == gros.octets


def test_une_partie_repetee_ne_compte_qu_une_fois(brouillon, gros):
    fichier = ouvrir(brouillon, len(gros.octets))

    for _ in range(3):
        envoyer(fichier, gros, 1)

    assert [partie.numero for partie in queries.parties_durables(fichier)] == [1]


def test_la_meme_partie_avec_d_autres_octets_est_refusee(brouillon, gros):
    fichier = ouvrir(brouillon, len(gros.octets))
    envoyer(fichier, gros, 2)
    autre = bytes(len(gros.parties[1]))
    partie = replace(gros.partie(2), sha256=hashlib.sha256(autre).hexdigest())

    with pytest.raises(ConflitEtat, match="partie 2") as refus:
        services.recevoir_partie(
            fichier=fichier, partie=partie, flux=io.BytesIO(autre), horloge=lambda: VEILLE
        )

    assert refus.value.contexte["partie"] == 2
    envoyer(fichier, gros, 1)
    envoyer(fichier, gros, 3)
    assert finir(fichier, gros).racine == gros.racine


@pytest.mark.parametrize("abime", [lambda o: o[:-1], lambda o: b"x" + o[1:], lambda o: b""])
def test_des_octets_abimes_ne_laissent_rien(brouillon, gros, abime):
    fichier = ouvrir(brouillon, len(gros.octets))

    with pytest.raises(PartieRefusee):
        envoyer(fichier, gros, 1, abime(gros.parties[0]))

    assert queries.parties_durables(fichier) == ()
    assert list(stockage().chemin(fichier.cle_de_stockage).iterdir()) == []


def test_un_fichier_d_une_seule_partie_se_dit_au_singulier(brouillon):
    petit = factories.sceller(b"petit")
    fichier = ouvrir(brouillon, len(petit.octets))

    with pytest.raises(RegleEnfreinte, match="a 1 partie : il n'y a pas de partie 2"):
        services.preparer_partie(fichier=fichier, partie=Partie(2, 10, "a" * 64), maintenant=VEILLE)


@pytest.mark.parametrize("numero", [0, 4])
def test_un_numero_hors_du_fichier_est_refuse(brouillon, gros, numero):
    fichier = ouvrir(brouillon, len(gros.octets))

    with pytest.raises(RegleEnfreinte, match="parties"):
        services.preparer_partie(
            fichier=fichier, partie=Partie(numero, 10, "a" * 64), maintenant=VEILLE
        )


def test_une_partie_d_une_autre_taille_est_refusee(brouillon, gros):
    fichier = ouvrir(brouillon, len(gros.octets))

    with pytest.raises(RegleEnfreinte, match="octets"):
        services.preparer_partie(
            fichier=fichier, partie=Partie(1, 8_390_656, "a" * 64), maintenant=VEILLE
        )


@pytest.fixture
def en_direct(monkeypatch):
    """Un stockage distant, qui reçoit lui-même les parties : la plateforme n'en dit que l'adresse.

    Le vrai est dans `test_s3`.
    """
    cible = Cible("https://stockage.example/partie", {})
    monkeypatch.setattr(type(stockage()), "cible_de_partie", lambda *_: cible)
    return cible


@pytest.mark.moteurs
def test_une_partie_annoncee_se_redit_mais_pas_avec_d_autres_octets(brouillon, gros, en_direct):
    fichier = ouvrir(brouillon, len(gros.octets))
    annoncer = {"fichier": fichier, "partie": gros.partie(1), "maintenant": VEILLE}

    assert [services.preparer_partie(**annoncer) for _ in range(2)] == [en_direct] * 2
    with pytest.raises(ConflitEtat, match="autres octets"):
        services.preparer_partie(**{**annoncer, "partie": replace(gros.partie(1), sha256="0" * 64)})

    brouillon.refresh_from_db()
    assert PartieAnnoncee.objects.get().sha256 == gros.partie(1).sha256
    assert brouillon.premier_octet_le == VEILLE


def test_la_partie_qui_manque_est_nommee(brouillon, gros):
    fichier = ouvrir(brouillon, len(gros.octets))
    envoyer(fichier, gros, 1)
    envoyer(fichier, gros, 3)

    with pytest.raises(PartieManquante) as refus:
        finir(fichier, gros)

    assert refus.value.contexte["partie"] == 2


def test_une_racine_qui_differe_est_refusee(brouillon, gros):
    fichier = ouvrir(brouillon, len(gros.octets))
    for numero in (1, 2, 3):
        envoyer(fichier, gros, numero)

    with pytest.raises(RegleEnfreinte, match="racines"):
        services.terminer_fichier(
            fichier=fichier, racine="0" * 64, sha256=gros.sha256, maintenant=VEILLE
        )


def test_finir_deux_fois_donne_la_meme_reponse(brouillon):
    scelle = factories.sceller(b"acte")
    fichier = ouvrir(brouillon, len(scelle.octets))
    envoyer(fichier, scelle, 1)

    assert finir(fichier, scelle).pk == finir(FichierScelle.objects.get(), scelle).pk


def test_un_fichier_qui_n_est_pas_scelle_est_refuse(brouillon):
    faux = factories.decouper(b"%PDF-1.7".ljust(sealed_size(100), b" "))
    fichier = ouvrir(brouillon, len(faux.octets))
    envoyer(fichier, faux, 1)

    with pytest.raises(NonScelle, match="scell"):
        finir(fichier, faux)

    fichier.refresh_from_db()
    assert fichier.etat == FichierScelle.Etat.EN_COURS


def test_un_entete_age_corrompu_est_refuse(brouillon):
    scelle = factories.sceller(b"acte")
    corrompu = factories.decouper(scelle.octets[:30] + b"?" + scelle.octets[31:])
    fichier = ouvrir(brouillon, len(corrompu.octets))
    envoyer(fichier, corrompu, 1)

    with pytest.raises(NonScelle):
        finir(fichier, corrompu)


def test_une_taille_impossible_est_refusee_avant_le_premier_octet(brouillon):
    with pytest.raises(NonScelle):
        ouvrir(brouillon, 1000)


def test_un_fichier_vide_se_depose(brouillon):
    vide = factories.sceller(b"")
    fichier = ouvrir(brouillon, len(vide.octets), nom="vide.txt")
    envoyer(fichier, vide, 1)

    assert (finir(fichier, vide).etat, fichier.taille_claire) == ("termine", 0)


@pytest.mark.parametrize(
    "nom,garde",
    [
        ("../../etc/passwd", "../../etc/passwd"),
        ("nul\x00.pdf", "nul_.pdf"),
        ("deux\nlignes.pdf", "deux_lignes.pdf"),
        ("offre\u202efdp.exe", "offre\u202efdp.exe"),
        ("📐 plan.pdf", "📐 plan.pdf"),
        ("=cmd|'/C calc'!A0", "=cmd|'/C calc'!A0"),
        ("é" * 127 + "a", "é" * 127 + "a"),
        ("CON", "CON"),
        ('"><svg onload=alert(1)>', '"><svg onload=alert(1)>'),
    ],
)
def test_un_nom_etrange_est_garde_comme_un_texte(brouillon, nom, garde):
    fichier = ouvrir(brouillon, sealed_size(3), nom=nom)

    fichier.refresh_from_db()
    assert fichier.nom == garde
    assert fichier.cle_de_stockage.startswith("scelles/")


def test_un_nom_trop_long_dit_la_limite(brouillon):
    with pytest.raises(LimiteDepassee) as refus:
        ouvrir(brouillon, sealed_size(3), nom="é" * 128)

    assert refus.value.contexte["limite"] == {"nom": "octets_d_un_nom", "valeur": 255}


@pytest.mark.parametrize("exces,accepte", [(-1, True), (0, True), (1, False)])
def test_la_limite_d_un_fichier_est_celle_qui_est_annoncee(brouillon, exces, accepte):
    taille = sealed_size(limits.OCTETS_PAR_FICHIER + exces)

    if accepte:
        assert ouvrir(brouillon, taille).taille_claire == limits.OCTETS_PAR_FICHIER + exces
    else:
        with pytest.raises(LimiteDepassee, match=r"10.Go"):
            ouvrir(brouillon, taille)


def test_la_limite_d_une_reponse_compte_tous_ses_fichiers(brouillon):
    for _ in range(2):
        ouvrir(brouillon, sealed_size(limits.OCTETS_PAR_FICHIER))

    with pytest.raises(LimiteDepassee, match=r"20.Go"):
        ouvrir(brouillon, sealed_size(1))


def test_le_nombre_de_fichiers_est_limite(brouillon, monkeypatch):
    monkeypatch.setattr(limits, "FICHIERS_PAR_REPONSE", 2)
    for _ in range(2):
        ouvrir(brouillon, sealed_size(1))

    with pytest.raises(LimiteDepassee):
        ouvrir(brouillon, sealed_size(1))


def test_un_disque_plein_se_dit_et_ne_laisse_rien(brouillon, monkeypatch):
    scelle = factories.sceller(b"acte")
    fichier = ouvrir(brouillon, len(scelle.octets))
    monkeypatch.setattr(os, "write", disque_plein)

    with pytest.raises(EspaceInsuffisant, match="manque de place"):
        envoyer(fichier, scelle, 1)

    assert list(stockage().chemin(fichier.cle_de_stockage).iterdir()) == []
    monkeypatch.undo()
    envoyer(fichier, scelle, 1)
    assert finir(fichier, scelle).etat == FichierScelle.Etat.TERMINE


def disque_plein(descripteur: int, octets: bytes) -> int:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_une_synchronisation_manquee_n_est_jamais_un_accuse(brouillon, monkeypatch):
    scelle = factories.sceller(b"acte")
    fichier = ouvrir(brouillon, len(scelle.octets))
    monkeypatch.setattr(
        os, "fsync", lambda descripteur: (_ for _ in ()).throw(OSError(errno.EIO, "I/O error"))
    )

    with pytest.raises(StockageEnPanne):
        envoyer(fichier, scelle, 1)

    assert not PartieRecue.objects.exists()


def test_supprimer_un_fichier_vide_aussi_le_stockage(brouillon):
    scelle = factories.sceller(b"acte")
    fichier = ouvrir(brouillon, len(scelle.octets))
    envoyer(fichier, scelle, 1)
    cle = fichier.cle_de_stockage

    services.supprimer_fichier(fichier=fichier)
    vider_la_file()

    assert not FichierScelle.objects.exists()
    with pytest.raises(CleInconnue):
        stockage().lire(cle)


def test_un_fichier_efface_pendant_qu_on_l_annonce_de_nouveau_se_dit(brouillon, monkeypatch):
    """Le même client l'efface par une autre demande : le stockage l'avait oublié."""
    annonce = services.Annonce("offre", None, "plan.pdf", sealed_size(9), scellement="a" * 64)

    def annoncer():
        return services.annoncer_fichiers(
            brouillon=brouillon, annonces=[annonce], maintenant=VEILLE
        )

    def effacer_avant_le_verrou(sujet):
        services.supprimer_fichier(fichier=efface)
        return sujet

    (efface,) = annoncer()
    monkeypatch.setattr(annonces, "verrouiller", effacer_avant_le_verrou)

    with pytest.raises(ConflitEtat, match="vient d'être effacé"):
        annoncer()


def test_un_fichier_depose_ne_se_supprime_plus(faitage):
    faitage.depose(("offre", None))

    for fichier in FichierScelle.objects.all():
        with pytest.raises(ConflitEtat, match="déposée"):
            services.supprimer_fichier(fichier=fichier)


def test_le_premier_octet_date_le_debut_de_la_transmission(brouillon, gros):
    fichier = ouvrir(brouillon, len(gros.octets))
    envoyer(fichier, gros, 1)
    services.recevoir_partie(
        fichier=fichier,
        partie=gros.partie(2),
        flux=io.BytesIO(gros.parties[1]),
        horloge=lambda: LIMITE,
    )

    brouillon.refresh_from_db()
    assert brouillon.premier_octet_le == VEILLE
