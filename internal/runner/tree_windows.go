package runner

import (
	"os/exec"
	"syscall"
	"unsafe"
)

// A processTree is a program with all its descendants: they are in one job
// object, which a process cannot leave and which ends as a whole.
type processTree struct {
	cmd *exec.Cmd
	job syscall.Handle // 0 where Windows gave none: then the program stands alone
}

// Package syscall does not have the calls for jobs.
var (
	kernel32                  = syscall.NewLazyDLL("kernel32.dll")
	createJobObject           = kernel32.NewProc("CreateJobObjectW")
	setInformationJobObject   = kernel32.NewProc("SetInformationJobObject")
	queryInformationJobObject = kernel32.NewProc("QueryInformationJobObject")
	assignProcessToJobObject  = kernel32.NewProc("AssignProcessToJobObject")
	terminateJobObject        = kernel32.NewProc("TerminateJobObject")
)

// Numbers and structures of winnt.h.
const (
	basicAccountingInformation = 1
	extendedLimitInformation   = 9
	limitKillOnJobClose        = 0x2000
	processSetQuota            = 0x0100
)

// A jobAccounting is JOBOBJECT_BASIC_ACCOUNTING_INFORMATION.
type jobAccounting struct {
	times           [4]int64
	pageFaults      uint32
	totalProcesses  uint32
	activeProcesses uint32
	totalTerminated uint32
}

// A jobLimits is JOBOBJECT_EXTENDED_LIMIT_INFORMATION.
type jobLimits struct {
	processTime, jobTime       int64
	flags                      uint32
	minWorkingSet              uintptr
	maxWorkingSet              uintptr
	activeProcesses            uint32
	affinity                   uintptr
	priority, schedulingClass  uint32
	io                         [6]uint64
	processMemory, jobMemory   uintptr
	peakProcess, peakJobMemory uintptr
}

// newProcessTree prepares a command that has not been started. The program gets
// a process group of its own, so that a Ctrl-C in the workbook's console is not
// its Ctrl-C. The job ends with its last handle, which is ours: when the
// workbook ends, so does the program.
func newProcessTree(cmd *exec.Cmd, endsWithUs bool) *processTree {
	cmd.SysProcAttr = &syscall.SysProcAttr{CreationFlags: syscall.CREATE_NEW_PROCESS_GROUP}
	job, _, _ := createJobObject.Call(0, 0)
	limits := jobLimits{flags: limitKillOnJobClose}
	setInformationJobObject.Call(job, extendedLimitInformation,
		uintptr(unsafe.Pointer(&limits)), unsafe.Sizeof(limits))
	return &processTree{cmd, syscall.Handle(job)}
}

// started is called right after the command has been started. It puts the
// program into the job; a child that the program starts from then on is in it
// too, and no program starts one within the few microseconds before.
func (t *processTree) started() {
	process, err := syscall.OpenProcess(processSetQuota|syscall.PROCESS_TERMINATE,
		false, uint32(t.cmd.Process.Pid))
	if err != nil {
		return // it has ended
	}
	defer syscall.CloseHandle(process)
	assignProcessToJobObject.Call(uintptr(t.job), uintptr(process))
}

// terminate ends all of them at once: a console program has no SIGTERM.
func (t *processTree) terminate() { t.kill() }

// kill ends all of them and reports whether there were any.
func (t *processTree) kill() bool {
	alive := t.cmd.Process.Kill() == nil // also before it is in the job
	var now jobAccounting
	queryInformationJobObject.Call(uintptr(t.job), basicAccountingInformation,
		uintptr(unsafe.Pointer(&now)), unsafe.Sizeof(now), 0)
	terminateJobObject.Call(uintptr(t.job), 1)
	return alive || now.activeProcesses > 0
}

// close gives back what the system keeps for the tree.
func (t *processTree) close() { syscall.CloseHandle(t.job) }
