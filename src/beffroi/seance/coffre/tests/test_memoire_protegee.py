"""La mémoire du coffre : verrouillée, effacée, et ce que le système refuse est dit."""

import ctypes
import errno
import re
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from beffroi.seance.coffre import page as pages
from beffroi.seance.coffre import processus as processus_du_coffre
from beffroi.seance.coffre import protections
from beffroi.seance.coffre.coffre import CoffreParSocket
from beffroi.seance.coffre.errors import CleRefusee, CoffreVide
from beffroi.seance.coffre.memoire import CoffreEnMemoire
from beffroi.seance.coffre.page import PageProtegee, Protection
from demo.cles import CAPACITE, sceller
from sceau import Identity, Recipient

CLE = Identity.from_seed(bytes(range(32)))
VRAI_SYSTEME = pages.SYSTEME
LINUX = pytest.mark.skipif(
    not Path("/proc/self/status").exists(), reason="ce que dit /proc d'un processus, sous Linux"
)


def ranger(coffre, seance="S-1", sorte="offre", empreinte=CLE.recipient.fingerprint):
    graine = sceller(CLE.seed, Recipient.parse(coffre.destinataire()))
    coffre.ranger(seance, sorte, graine, empreinte, CAPACITE)


def page_de(coffre, seance="S-1", sorte="offre"):
    return coffre._tenues[seance].pages[sorte]


def octets_a(page) -> bytes:
    """Ce que la mémoire contient à cette adresse, sans passer par la page."""
    return ctypes.string_at(page._adresse, 4096)


def verrouillee_kio(pid="self") -> int:
    statut = Path(f"/proc/{pid}/status").read_text()
    return int(re.search(r"VmLck:\s+(\d+) kB", statut)[1])


class SystemeAvare:
    """Un système qui refuse mlock, comme sous RLIMIT_MEMLOCK=0 ; le reste est le vrai."""

    def __getattr__(self, nom):
        return getattr(VRAI_SYSTEME, nom)

    def mlock(self, adresse, taille):
        ctypes.set_errno(errno.ENOMEM)
        return -1


@pytest.fixture
def systeme_avare(monkeypatch):
    monkeypatch.setattr(pages, "SYSTEME", SystemeAvare())


def test_ce_qui_s_ecrit_dans_une_page_s_y_relit():
    page = PageProtegee()

    page.write(b"une ")
    page.write(b"graine")

    assert page.lire() == b"une graine"


def test_une_page_effacee_ne_garde_que_des_zeros():
    page = PageProtegee()
    page.write(CLE.seed)
    assert CLE.seed in octets_a(page)

    page.effacer()

    assert octets_a(page) == bytes(4096)
    assert page.lire() == b""


def test_un_secret_plus_grand_qu_une_page_est_refuse():
    with pytest.raises(ValueError, match="tient dans une page"):
        PageProtegee().write(bytes(resource.getpagesize() + 1))


def test_a_la_cloture_la_memoire_de_chaque_cle_est_a_zero():
    coffre = CoffreEnMemoire()
    ranger(coffre, sorte="candidature")
    ranger(coffre, sorte="offre")
    tenues = [page_de(coffre, sorte=sorte) for sorte in ("candidature", "offre")]
    assert all(CLE.seed in octets_a(page) for page in tenues)

    coffre.vider("S-1")

    assert [octets_a(page) for page in tenues] == [bytes(4096)] * 2


def test_une_cle_remplacee_est_effacee():
    coffre = CoffreEnMemoire()
    ranger(coffre)
    premiere = page_de(coffre)

    ranger(coffre)

    assert octets_a(premiere) == bytes(4096)
    assert CLE.seed in octets_a(page_de(coffre))


def test_une_graine_refusee_est_effacee(monkeypatch):
    creees = []
    monkeypatch.setattr(PageProtegee, "effacer", lambda page: creees.append(page.lire()))
    coffre = CoffreEnMemoire()

    with pytest.raises(CleRefusee):
        ranger(coffre, empreinte=Identity.generate().recipient.fingerprint)

    assert creees == [CLE.seed]


def test_aucun_objet_de_python_ne_garde_la_graine():
    """Le coffre refait la clé à chaque en-tête : entre deux, il n'en tient que la page."""
    coffre = CoffreEnMemoire()
    ranger(coffre)

    gardes = [valeur for tenue in coffre._tenues.values() for valeur in vars(tenue).values()]

    assert not any(isinstance(valeur, (Identity, str)) for valeur in gardes)
    assert CLE.seed not in repr(gardes).encode()


@LINUX
def test_chaque_cle_rangee_agrandit_la_memoire_verrouillee():
    refuse = Protection.VERROUILLEE in protections.essayer().refus
    coffre, avant = CoffreEnMemoire(), verrouillee_kio()

    ranger(coffre, sorte="candidature")
    ranger(coffre, sorte="offre")
    pleine = verrouillee_kio()
    coffre.vider("S-1")

    attendu = 0 if refuse else 2 * resource.getpagesize() // 1024
    assert (pleine - avant, verrouillee_kio() - avant) == (attendu, 0)


FERME = """
import resource
from beffroi.seance.coffre import protections

protections.fermer_le_processus()
PR_GET_DUMPABLE = 3
print(protections.SYSTEME.prctl(PR_GET_DUMPABLE, 0, 0, 0, 0))
print(*resource.getrlimit(resource.RLIMIT_CORE))
"""
ENFANT = """
import ctypes, os
from beffroi.seance.coffre.page import PageProtegee, Protection

page = PageProtegee()
page.write(b"graine")
if not os.fork():
    os._exit(ctypes.string_at(page._adresse, 6) != bytes(6))
_, sortie = os.wait()
print(Protection.PAS_HERITEE in page.refus or os.waitstatus_to_exitcode(sortie) == 0)
"""


def a_part(code) -> list[str]:
    """Ce que dit un processus neuf."""
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True
    ).stdout.split()


@LINUX
def test_un_processus_ferme_ne_se_lit_pas_et_ne_laisse_aucune_image():
    """« 0 » : ni ptrace, ni /proc/PID/mem pour un autre processus du compte (prctl(2))."""
    assert a_part(FERME) == ["0", "0", "0"]


@LINUX
def test_un_processus_enfant_n_herite_pas_des_cles():
    assert a_part(ENFANT) == ["True"]


@LINUX
def test_le_coffre_se_ferme_avant_de_servir(tmp_path):
    CoffreParSocket(tmp_path / "cles").destinataire()
    lance = processus_du_coffre._lances.pop()

    limites = Path(f"/proc/{lance.pid}/limits").read_text()
    lance.stdin.close()
    lance.wait(timeout=10)

    assert re.search(r"Max core file size\s+0\s+0", limites)


def test_un_systeme_qui_refuse_n_empeche_pas_d_ouvrir(systeme_avare):
    coffre = CoffreEnMemoire()
    ranger(coffre)

    assert Protection.VERROUILLEE in page_de(coffre).refus
    assert coffre.contient("S-1", "offre")
    coffre.vider("S-1")
    with pytest.raises(CoffreVide):
        coffre.desceller("S-1", "offre", (), CAPACITE)


def test_un_refus_du_systeme_se_dit_en_une_phrase(systeme_avare):
    dit = protections.essayer().phrase()

    assert dit.startswith("La mémoire du coffre ne se verrouille pas")
    assert "RLIMIT_MEMLOCK" in dit and "disque d'échange" in dit


def test_ce_qui_est_accorde_se_dit_aussi():
    sans_borne = protections.Accordees({}, resource.RLIM_INFINITY)

    assert "Tout le processus" in sans_borne.phrase()
    assert "hors de l'échange" in protections.Accordees({}, 8 << 20).phrase()
