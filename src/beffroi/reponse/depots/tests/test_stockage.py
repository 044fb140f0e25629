"""Le même contrat pour le disque et pour S3, et ce que chacun a de propre."""

import hashlib
import io
import os
import subprocess
import threading
from dataclasses import replace

import httpx
import pytest
from botocore.exceptions import ClientError

from beffroi.reponse.depots.tests import factories
from beffroi.socle.fondations.erreurs import EspaceInsuffisant
from beffroi.socle.fondations.stockage import (
    CleInconnue,
    Envoi,
    Partie,
    StockageEnPanne,
    nouvelle_cle,
)
from beffroi.socle.fondations.stockage import s3 as s3_store
from beffroi.socle.fondations.stockage.local import LocalStore
from beffroi.socle.fondations.stockage.s3 import S3Store


@pytest.fixture(params=["disque", "s3"])
def magasin(request, tmp_path):
    if request.param == "disque":
        return LocalStore(tmp_path)
    return S3Store.selon(request.getfixturevalue("reglages_s3"))


@pytest.fixture
def s3(reglages_s3) -> S3Store:
    return S3Store.selon(reglages_s3)


@pytest.fixture(scope="module")
def gros():
    return factories.sceller(os.urandom(1 << 20) * 20)


def envoyer(magasin, envoi: Envoi, scelle, numero: int) -> None:
    partie = scelle.partie(numero)
    cible = magasin.cible_de_partie(envoi, partie)
    if cible is None:
        magasin.ecrire_partie(envoi, partie, io.BytesIO(scelle.parties[numero - 1]))
    else:
        httpx.put(
            cible.url, content=scelle.parties[numero - 1], headers=cible.entetes, timeout=60
        ).raise_for_status()


def parties_de(magasin, envoi: Envoi, scelle) -> tuple[Partie, ...]:
    tenues = magasin.parties(envoi)
    if tenues is None:
        return tuple(scelle.partie(n) for n in range(1, len(scelle.parties) + 1))
    return tuple(replace(tenue, sha256=scelle.partie(tenue.numero).sha256) for tenue in tenues)


@pytest.mark.parametrize("taille", [0, 1, 300_000])
def test_ce_qui_est_ecrit_se_relit(magasin, taille):
    octets, cle = os.urandom(taille), nouvelle_cle("essai")

    ecrit = magasin.ecrire(cle, io.BytesIO(octets))

    assert (ecrit.taille, ecrit.sha256) == (taille, hashlib.sha256(octets).hexdigest())
    assert magasin.lire(cle).read() == octets
    assert magasin.taille(cle) == taille


@pytest.mark.parametrize(
    "debut,longueur", [(0, 10), (8_392_290, 20), (16_000_000, None), (5, 0), (99_999_999, 5)]
)
def test_on_lit_n_importe_quelle_etendue_d_un_fichier_envoye_par_parties(
    magasin, gros, debut, longueur
):
    envoi = magasin.commencer(nouvelle_cle("essai"))
    for numero in (3, 1, 2):
        envoyer(magasin, envoi, gros, numero)
    magasin.achever(envoi, parties_de(magasin, envoi, gros))

    lu = magasin.lire(envoi.cle, debut, longueur).read()

    assert lu == gros.octets[debut : None if longueur is None else debut + longueur]
    assert magasin.taille(envoi.cle) == len(gros.octets)


def test_une_cle_inconnue_se_dit(magasin):
    with pytest.raises(CleInconnue):
        magasin.taille(nouvelle_cle("absent"))


def test_supprimer_deux_fois_ne_change_rien(magasin):
    cle = nouvelle_cle("essai")
    magasin.ecrire(cle, io.BytesIO(b"x"))

    magasin.supprimer(cle)
    magasin.supprimer(cle)

    with pytest.raises(CleInconnue):
        magasin.taille(cle)


def test_abandonner_un_envoi_l_efface(magasin, gros):
    envoi = magasin.commencer(nouvelle_cle("essai"))
    envoyer(magasin, envoi, gros, 1)

    magasin.abandonner(envoi)
    magasin.abandonner(envoi)

    with pytest.raises(CleInconnue):
        magasin.taille(envoi.cle)


@pytest.mark.parametrize(
    "cle", ["../x", "/etc/passwd", "a//b", "a/../b", "", "a\x00b", "é", "a/.b", "x" * 121]
)
def test_une_cle_n_est_jamais_un_chemin(magasin, cle):
    with pytest.raises(ValueError):
        magasin.ecrire(cle, io.BytesIO(b""))


def test_cinquante_envois_simultanes_de_la_meme_partie_laissent_la_bonne(tmp_path, gros):
    magasin = LocalStore(tmp_path)
    envoi = magasin.commencer(nouvelle_cle("essai"))
    autre = replace(gros, parties=[bytes(len(p)) for p in gros.parties])
    depart = threading.Barrier(20)

    def envoie(scelle):
        depart.wait()
        magasin.ecrire_partie(envoi, scelle.partie(2), io.BytesIO(scelle.parties[1]))

    fils = [threading.Thread(target=envoie, args=(gros if n % 2 else autre,)) for n in range(20)]
    [fil.start() for fil in fils]
    [fil.join() for fil in fils]
    magasin.achever(envoi, (gros.partie(2),))

    assert magasin.lire(envoi.cle).read() == gros.parties[1]


def test_un_vrai_disque_plein_se_dit_et_ne_laisse_rien(tmp_path, gros):
    if (
        os.geteuid() != 0
        or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "essai", tmp_path]).returncode
    ):
        pytest.skip("monter un petit disque demande d'être root : ce contrôle n'a pas été joué")
    try:
        magasin = LocalStore(tmp_path)
        envoi = magasin.commencer(nouvelle_cle("essai"))
        with pytest.raises(EspaceInsuffisant):
            envoyer(magasin, envoi, gros, 1)
        assert os.listdir(magasin.chemin(envoi.cle)) == []
    finally:
        subprocess.run(["umount", tmp_path], check=True)


def test_s3_refuse_d_autres_octets_que_ceux_qui_sont_signes(s3, gros):
    envoi = s3.commencer(nouvelle_cle("essai"))
    cible = s3.cible_de_partie(envoi, gros.partie(1))
    faux = bytes(len(gros.parties[0]))

    abimes = httpx.put(cible.url, content=faux, headers=cible.entetes, timeout=60)
    autre_empreinte = httpx.put(
        cible.url, content=faux, headers={"x-amz-checksum-sha256": "A" * 43 + "="}, timeout=60
    )
    sans_empreinte = httpx.put(cible.url, content=faux, timeout=60)

    assert [r.status_code for r in (abimes, autre_empreinte, sans_empreinte)] == [400, 403, 403]
    assert s3.parties(envoi) == ()


def test_s3_tient_la_liste_des_parties_durables(s3, gros):
    envoi = s3.commencer(nouvelle_cle("essai"))
    for numero in (2, 1):
        envoyer(s3, envoi, gros, numero)

    assert [(p.numero, p.taille) for p in s3.parties(envoi)] == [
        (n, gros.partie(n).taille) for n in (1, 2)
    ]


def test_s3_verifie_la_racine_en_assemblant_et_recommence_sans_risque(s3, gros):
    envoi = s3.commencer(nouvelle_cle("essai"))
    for numero in (1, 2, 3):
        envoyer(s3, envoi, gros, numero)
    parties = parties_de(s3, envoi, gros)
    s3.achever(envoi, parties)

    s3.achever(envoi, parties)

    tete = s3.client.head_object(Bucket=s3.compartiment, Key=envoi.cle, ChecksumMode="ENABLED")
    assert tete["ContentLength"] == len(gros.octets)


def test_s3_assemble_des_parties_passees_par_nous(s3, gros):
    """Notées chez nous sans la marque du service : il la redit au moment d'assembler."""
    cle = nouvelle_cle("essai")
    envoi = s3.commencer(cle)
    parties = [gros.partie(numero) for numero in range(1, len(gros.parties) + 1)]
    for partie, octets in zip(parties, gros.parties, strict=True):
        s3.ecrire_partie(envoi, partie, io.BytesIO(octets))

    s3.achever(envoi, tuple(parties))

    assert s3.taille(cle) == sum(len(octets) for octets in gros.parties)


def test_s3_n_autorise_que_les_pages_de_la_plateforme(s3, gros):
    s3.autoriser("https://marches.centre.fr")
    cible = s3.cible_de_partie(s3.commencer(nouvelle_cle("essai")), gros.partie(1))

    reponses = [
        httpx.options(
            cible.url,
            headers={
                "Origin": origine,
                "Access-Control-Request-Method": "PUT",
                "Access-Control-Request-Headers": "x-amz-checksum-sha256",
            },
        )
        for origine in ("https://marches.centre.fr", "https://ailleurs.example")
    ]

    assert reponses[0].headers["Access-Control-Allow-Origin"] == "https://marches.centre.fr"
    assert "Access-Control-Allow-Origin" not in reponses[1].headers


def test_s3_donne_une_adresse_de_lecture_avec_le_nom_voulu(s3):
    cle = nouvelle_cle("essai")
    s3.ecrire(cle, io.BytesIO(b"bonjour"))

    reponse = httpx.get(s3.adresse_de_lecture(cle, "réponse d'été.pdf"))

    assert reponse.content == b"bonjour"
    assert "r%C3%A9ponse" in reponse.headers["content-disposition"]


def test_s3_ne_donne_pas_l_adresse_de_ce_qu_il_n_a_plus_et_le_nomme(s3):
    cle = nouvelle_cle("essai")

    for lire in (s3.lire, s3.taille, lambda absente: s3.adresse_de_lecture(absente, "a.pdf")):
        with pytest.raises(CleInconnue, match=cle):
            lire(cle)


def test_un_stockage_qui_ne_repond_pas_se_dit(s3):
    muet = S3Store.selon(
        {
            "adresse": "http://127.0.0.1:9",
            "region": "x",
            "identifiant": "a",
            "cle": "b",
            "compartiment": "c",
        }
    )

    with pytest.raises(StockageEnPanne):
        muet.taille("essai/absent")


@pytest.fixture
def petits_blocs(monkeypatch):
    """Cinq Mio : la plus petite partie que S3 admet."""
    monkeypatch.setattr(s3_store.PAR_PARTIES, "multipart_threshold", 5 << 20)
    monkeypatch.setattr(s3_store.PAR_PARTIES, "multipart_chunksize", 5 << 20)


def envois(s3, acte: str) -> list[dict]:
    """Ce que le client envoie au service pour cet acte, à mesure."""
    envoyes: list[dict] = []
    s3.client.meta.events.register(
        f"before-call.s3.{acte}", lambda params, **_: envoyes.append(params)
    )
    return envoyes


def test_un_gros_fichier_part_par_parties_verifiees_et_se_relit(s3, petits_blocs):
    d_un_bloc, parties = envois(s3, "PutObject"), envois(s3, "UploadPart")
    octets, cle = os.urandom((12 << 20) + 1), nouvelle_cle("essai")

    ecrit = s3.ecrire(cle, io.BytesIO(octets))

    assert (ecrit.taille, ecrit.sha256) == (len(octets), hashlib.sha256(octets).hexdigest())
    assert (
        s3.lire(cle).read() == octets and s3.lire(cle, 5 << 20, 3).read() == octets[5 << 20 :][:3]
    )
    assert d_un_bloc == [] and len(parties) == 3
    assert all("sha256" in str(partie["headers"]).lower() for partie in parties)


def test_un_petit_fichier_part_d_un_bloc(s3):
    parties = envois(s3, "UploadPart")
    s3.ecrire(nouvelle_cle("essai"), io.BytesIO(bytes(6 << 20)))
    assert parties == []


def test_un_envoi_par_parties_coupe_ne_laisse_rien(s3, petits_blocs):
    cle, parties = nouvelle_cle("essai"), envois(s3, "UploadPart")

    def coupe(**_):
        if len(parties) == 2:
            raise ClientError({"Error": {"Code": "SlowDown"}}, "UploadPart")

    s3.client.meta.events.register_last("before-call.s3.UploadPart", coupe)
    with pytest.raises(StockageEnPanne):
        s3.ecrire(cle, io.BytesIO(bytes(11 << 20)))

    assert len(parties) == 2
    assert (
        s3.client.list_multipart_uploads(Bucket=s3.compartiment, Prefix=cle).get("Uploads", [])
        == []
    )
    with pytest.raises(CleInconnue):
        s3.taille(cle)
