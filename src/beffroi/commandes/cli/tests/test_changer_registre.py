"""Changer la clé du registre : une relève que tous suivent, et aucune preuve qui s'y perde."""

import json
from datetime import timedelta

import pytest

from beffroi.commandes.cli import noeud_paquet, noeud_rejoindre, registre_local
from beffroi.commandes.cli.cles_changer_registre import INTACTE
from beffroi.commandes.cli.lanceur import principal
from beffroi.commandes.cli.registre_distant import RegistreDistant
from beffroi.reponse.depots import recepisse
from beffroi.reponse.depots.models import Pli
from beffroi.reponse.depots.tests import factories
from beffroi.seance.ouverture import queries as ouverture
from beffroi.socle.fondations.erreurs import ServiceIndisponible
from beffroi.socle.fondations.horloge import heure_reelle, maintenant
from beffroi.socle.journal import chainage, releves, views
from beffroi.socle.journal.models import Ecriture
from beffroi.socle.journal.services import publier_la_tete, signer_un_point_de_controle
from beffroi.socle.noeuds import queries, services
from beffroi.socle.noeuds.etat import etat_du_noeud
from beffroi.socle.noeuds.models import NoeudVu
from sceau import handover, log

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("paquets_vite_faits")]
REGISTRE = "http://localhost"
MATIN = factories.VEILLE


@pytest.fixture
def a(noeud):
    """Le nœud « a » sert la base."""
    cles = noeud("a")
    services.retenir_les_cles(le=MATIN)
    return cles


@pytest.fixture
def en_ligne(client, monkeypatch):
    """`en_ligne(le)` : le registre public de cette heure, lu comme par le réseau."""
    monkeypatch.setattr(RegistreDistant, "lire", lambda _, chemin, **__: client.get(chemin).content)

    def a_l_heure(le):
        monkeypatch.setattr(views, "maintenant", lambda: le)

    return a_l_heure


def changer(*options):
    return principal(["cles", "changer-registre", *options])


def verifier(*options):
    return principal(["verifier", *map(str, options)])


def relever(noeud, *options, le):
    """La commande, puis le nœud « a » qui repart : rend la clé d'avant."""
    avant = chainage.signataire()
    assert changer(*options) == 0
    noeud("a")
    services.retenir_les_cles(le=le)
    return avant


def avancer(depuis, *, heures):
    for heure in range(1, heures + 1):
        publier_la_tete(le=depuis + timedelta(hours=heure))


def etrangeres():
    return [cle.usage for cle in queries.etrangeres()]


def inscrites():
    return Ecriture.objects.filter(acte=handover.ACT)


@pytest.mark.moteurs
def test_reparti_le_noeud_signe_de_la_neuve_et_le_registre_l_inscrit_une_fois(a, noeud):
    avant = chainage.signataire().vkey
    assert changer() == 0
    assert etrangeres() == [] and not inscrites().exists()

    for _ in range(2):
        noeud("a")
        services.retenir_les_cles(le=MATIN)

    assert [cle.vkey for cle in releves.cles()] == [avant, chainage.signataire().vkey]
    assert (inscrites().count(), etrangeres()) == (1, [])
    assert publier_la_tete(le=MATIN + timedelta(hours=1))


def test_l_ancienne_cle_n_est_plus_nulle_part(a, noeud):
    avant = (a / "journal.txt").read_text("ascii")
    changer()

    assert not [un for un in a.rglob("*") if un.is_file() and avant.encode() in un.read_bytes()]
    assert (a / "journal.txt").stat().st_mode & 0o077 == 0


def test_les_autres_noeuds_attendent_la_leur_et_la_prennent_par_le_paquet(
    a, noeud, tmp_path, monkeypatch, capsys
):
    b = noeud("b")
    for nom in noeud_paquet.PARTAGES:
        (b / nom).write_bytes((a / nom).read_bytes())
    noeud("a")
    vers = tmp_path / "cles.age"
    relever(noeud, "--vers", str(vers), le=MATIN)
    code = capsys.readouterr().out.split("code, à dire à part : ")[1].splitlines()[0]

    noeud("b")
    assert etrangeres() == ["registre"]
    assert not etat_du_noeud(le=heure_reelle()).parties["cles"]
    with pytest.raises(ServiceIndisponible):
        signer_un_point_de_controle(le=MATIN)

    monkeypatch.setattr(noeud_rejoindre, "demander_le_code", lambda: code)
    assert principal(["noeud", "rejoindre", "--paquet", str(vers)]) == 0
    noeud("b")
    assert etrangeres() == []
    assert (b / "journal.txt").read_bytes() == (a / "journal.txt").read_bytes()
    assert signer_un_point_de_controle(le=MATIN)


def test_une_cle_que_celle_d_ici_n_a_pas_nommee_ne_se_prend_pas(a, noeud, tmp_path, monkeypatch):
    """Un nœud d'une autre plateforme, ou qui a manqué une relève."""
    vers = tmp_path / "cles.age"
    assert changer("--vers", str(vers)) == 0
    b = noeud("b")
    for nom in noeud_paquet.PARTAGES:
        (b / nom).write_bytes((a / nom).read_bytes())
    (b / "journal.txt").write_text(bytes(32).hex(), "ascii")
    monkeypatch.setattr(noeud_rejoindre, "demander_le_code", lambda: "")
    monkeypatch.setattr(
        noeud_paquet,
        "ouvrir",
        lambda *_, **__: {un.name: un.read_bytes() for un in a.iterdir() if un.is_file()},
    )

    assert principal(["noeud", "rejoindre", "--paquet", str(vers)]) == 1
    assert (b / "journal.txt").read_text("ascii") == bytes(32).hex()


def test_ce_qui_l_empeche_se_dit_et_rien_ne_change(a, noeud, monkeypatch, tmp_path, capsys):
    avant = (a / "journal.txt").read_bytes()
    monkeypatch.setattr(ouverture, "une_seance_tient_ses_cles", lambda: True)
    assert changer() == 1
    monkeypatch.setattr(ouverture, "une_seance_tient_ses_cles", lambda: False)
    assert changer("--vers", str(a / "journal.txt")) == 1
    dit = capsys.readouterr().err
    assert "Recommencez quand elle sera close" in dit and "existe déjà" in dit
    assert (a / "journal.txt").read_bytes() == avant

    changer()
    noeud("a")
    assert changer() == 1
    assert "relancez « serve » et « worker »" in capsys.readouterr().err


def test_pendant_une_mise_a_jour_rien_ne_change(a, capsys):
    """Un nœud de la version d'avant signerait encore de l'ancienne."""
    avant = (a / "journal.txt").read_bytes()
    for version in ("0.19.0", "0.20.0"):
        NoeudVu.objects.create(noeud="b", version=version, vu_le=maintenant())

    assert changer() == 1
    assert "deux versions (0.19.0, 0.20.0)" in capsys.readouterr().err
    assert (a / "journal.txt").read_bytes() == avant


def test_une_cle_qui_ne_s_ecrit_pas_laisse_tout_en_place(a, noeud, monkeypatch, capsys):
    avant = chainage.signataire().vkey
    monkeypatch.setattr(
        "beffroi.commandes.cli.cles_changer_registre.remplacer_pour_soi", lambda *_: False
    )
    assert changer() == 1
    assert INTACTE.partition("{ou}")[2].strip() in capsys.readouterr().err

    noeud("a")
    services.retenir_les_cles(le=MATIN)
    assert chainage.signataire().vkey == avant
    assert not inscrites().exists()
    assert publier_la_tete(le=MATIN)


@pytest.fixture
def trois_ages(a, noeud, recu, tmp_path):
    """Un récépissé d'avant toute relève, puis le même dépôt, repris sous chaque clé ; et les clés
    de ces âges, la dernière étant celle d'aujourd'hui.
    """
    pli = Pli.objects.get()
    publier_la_tete(le=MATIN)
    recus, connues = [recu], [chainage.signataire().vkey]
    for rang in (1, 2):
        le = MATIN + timedelta(hours=6 * rang)
        relever(noeud, le=le)
        avancer(le, heures=4)
        suivant = tmp_path / f"recu-{rang}.zip"
        suivant.write_bytes(recepisse.archive_du_recu(pli))
        recus.append(suivant)
        connues.append(chainage.signataire().vkey)
    return recus, connues


SOIR = MATIN + timedelta(hours=17)


def test_deux_releves_apres_tout_se_verifie_par_l_adresse(trois_ages, en_ligne, capsys):
    recus, connues = trois_ages
    en_ligne(SOIR)

    assert verifier("--journal", REGISTRE, *recus) == 0
    dit = capsys.readouterr().out
    assert "2 relèves, chacune à sa place" in dit
    assert dit.count("est à sa place dans ce registre") == 3
    for connue in connues:
        assert verifier("--journal", REGISTRE, "--cle", connue, *recus) == 0


def test_deux_releves_apres_le_dossier_se_relit(trois_ages, monkeypatch, tmp_path, capsys):
    recus, connues = trois_ages
    (tmp_path / "beffroi.sqlite3").touch()
    monkeypatch.setenv("BEFFROI_DONNEES", "")
    for geste in ("preparer_django", "exiger_une_base_a_jour"):
        monkeypatch.setattr(registre_local, geste, lambda *_: None)
    # Les lignes que les fabriques ont plantées ne sont pas l'objet : le registre l'est.
    from beffroi.socle.journal import verification

    monkeypatch.setattr(verification, "relire_tout", verification.relire_le_journal)

    for connue in connues:
        assert verifier("--journal", tmp_path, "--cle", connue, *recus) == 0
    assert "2 relèves de la clé du registre, jusqu'à celle d'ici" in capsys.readouterr().out


def test_hors_ligne_chaque_recepisse_se_verifie_sous_la_cle_de_son_age(
    trois_ages, client, tmp_path
):
    recus, connues = trois_ages
    for recu, connue in zip(recus, connues, strict=True):
        assert verifier(recu, "--cle", connue) == 0
    for connue in connues:
        # Un récépissé neuf porte les relèves : une clé de n'importe quel âge y mène.
        assert verifier(recus[-1], "--cle", connue) == 0
    installe = tmp_path / "cles.json"
    installe.write_bytes(client.get("/journal/cles.json").content)
    assert verifier(*recus, "--confiance", installe) == 0


def voler(voleur, recu, vers):
    """Le même récépissé, que le voleur de la clé met sous une tête à lui, plus longue que tout."""
    from beffroi.commandes.cli.tests.test_verifier import reecrire

    vers.write_bytes(recu.read_bytes())

    def sous_une_autre_tete(octets):
        preuve = log.Proof.parse(octets.decode())
        tete = log.Checkpoint.parse(preuve.checkpoint)
        corps = log.Checkpoint(tete.origin, tete.size + 100_000, tete.root).body()
        return log.Proof(preuve.index, preuve.path, log.sign_note(corps, voleur)).encode().encode()

    reecrire(vers, "depot.tlog-proof", sous_une_autre_tete)
    return vers


def test_une_tete_forgee_par_l_ancienne_apres_la_releve_est_fausse(
    a, noeud, recu, tmp_path, client, en_ligne, capsys
):
    publier_la_tete(le=MATIN)
    voleur = relever(noeud, le=MATIN)
    avancer(MATIN, heures=4)
    faux = voler(voleur, recu, tmp_path / "faux.zip")
    installe = tmp_path / "cles.json"
    installe.write_bytes(client.get("/journal/cles.json").content)

    assert verifier(faux, "--confiance", installe) == 1
    assert "n'était pas la sienne à cette taille" in capsys.readouterr().out
    en_ligne(MATIN + timedelta(hours=5))
    assert verifier("--journal", REGISTRE, faux) == 1


def test_volee_un_recepisse_d_avant_n_est_etabli_que_par_le_registre(
    a, noeud, recu, tmp_path, client, en_ligne, capsys
):
    publier_la_tete(le=MATIN)
    volee = relever(noeud, "--volee", le=MATIN).vkey
    avancer(MATIN, heures=4)
    en_ligne(MATIN + timedelta(hours=5))
    installe = tmp_path / "cles.json"
    installe.write_bytes(client.get("/journal/cles.json").content)

    assert verifier(recu, "--confiance", installe) == 3
    assert "a été volée" in capsys.readouterr().out
    assert verifier("--journal", REGISTRE, recu) == 0
    assert verifier("--journal", REGISTRE, "--confiance", installe, recu) == 0
    # Elle ne mène plus à la neuve : qui ne connaît qu'elle doit tenir l'autre d'ailleurs.
    assert verifier("--journal", REGISTRE, "--cle", volee) == 3
    assert "tenez sa clé neuve" in capsys.readouterr().out
    neuf = tmp_path / "neuf.zip"
    neuf.write_bytes(recepisse.archive_du_recu(Pli.objects.get()))
    assert verifier(neuf, "--confiance", installe) == 0


def publiees(monkeypatch, client, changer):
    """Le site sert un autre `cles.json`."""

    def lire(_, chemin, **__):
        octets = client.get(chemin).content
        return changer(json.loads(octets)) if chemin == "/journal/cles.json" else octets

    monkeypatch.setattr(RegistreDistant, "lire", lire)


def sans_releve(dit):
    return json.dumps({**dit, "releves": []}).encode()


def deplacee(dit):
    [une] = dit["releves"]
    return json.dumps({**dit, "releves": [{**une, "numero": une["numero"] + 1}]}).encode()


@pytest.mark.parametrize(
    ("autrement", "phrase"),
    [
        (sans_releve, "que le site ne montre pas"),
        (deplacee, "le registre tient autre chose au n°"),
    ],
)
def test_une_releve_cachee_ou_deplacee_se_voit_dans_les_feuilles(
    a, noeud, client, monkeypatch, en_ligne, capsys, autrement, phrase
):
    le = MATIN
    publier_la_tete(le=le)
    relever(noeud, le=le)
    avancer(le, heures=4)
    en_ligne(le + timedelta(hours=5))
    publiees(monkeypatch, client, autrement)

    assert verifier("--journal", REGISTRE) == 1
    assert phrase in capsys.readouterr().out


def test_une_copie_du_registre_sans_cles_json_se_verifie_sous_la_cle_que_l_on_a(
    a, client, monkeypatch, en_ligne
):
    publier_la_tete(le=MATIN)
    en_ligne(MATIN)
    publiees(monkeypatch, client, lambda _: b"introuvable")

    assert verifier("--journal", REGISTRE) == 2
    assert verifier("--journal", REGISTRE, "--cle", chainage.signataire().vkey) == 0


def test_perdue_apres_une_releve_la_neuve_est_inscrite_sans_elle(a, noeud):
    relever(noeud, le=MATIN)
    (a / "journal.txt").unlink()
    noeud("a")
    assert etrangeres() == ["registre"]

    assert services.changer_les_cles(par=services.PLATEFORME, maintenant=MATIN) == ["registre"]

    assert releves.derniere().vouched is False
    assert etrangeres() == []
    assert publier_la_tete(le=MATIN + timedelta(hours=1))
