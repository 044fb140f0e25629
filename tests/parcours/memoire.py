"""La mémoire qu'un processus occupe, d'après le noyau."""

from pathlib import Path

KIO_PAR_MIO = 1024


def occupee_mio(pid: int) -> int:
    """La mémoire de ce processus, maintenant."""
    return du_noyau(pid, "VmRSS")


def pic_mio(pid: int) -> int:
    """Le plus qu'un processus, ou l'un de ses enfants, ait occupé depuis son début."""
    return max(du_noyau(membre, "VmHWM") for membre in famille(pid))


def du_noyau(pid: int, nom: str) -> int:
    lignes = Path(f"/proc/{pid}/status").read_text("utf-8").splitlines()
    return (
        next((int(ligne.split()[1]) for ligne in lignes if ligne.startswith(f"{nom}:")), 0)
        // KIO_PAR_MIO
    )


def famille(pid: int) -> list[int]:
    """Le processus et toute sa descendance."""
    membres = [pid]
    for membre in membres:
        for fil in Path(f"/proc/{membre}/task").glob("*/children"):
            membres += [int(enfant) for enfant in fil.read_text("ascii").split()]
    return membres


def de_la_page(pid: int) -> int:
    """Parmi les processus d'un Chromium qui n'a qu'un onglet, celui de la page :
    le plus gros de ceux qui en rendent.
    """
    rendus = [
        membre
        for membre in famille(pid)
        if b"--type=renderer" in Path(f"/proc/{membre}/cmdline").read_bytes()
    ]
    return max(rendus, key=occupee_mio)
